import { basename } from "node:path";
import type { Spanned, VariableDefinition } from "../stages.ts";
import type { Environment } from "./environments.ts";

/** Everything that defines variables for one request. */
export interface DefinitionSources {
  /** `--var NAME=VALUE`: values are taken as they are. */
  readonly overrides: ReadonlyMap<string, string>;
  readonly block: readonly VariableDefinition[];
  readonly file: readonly VariableDefinition[];
  readonly environment: Environment;
}

/** What a variable is defined as. */
export type Definition =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "written"; readonly value: Spanned }
  | { readonly kind: "environment"; readonly text: string; readonly isPrivate: boolean };

/** One place where variables are looked for, and what it is called. */
export interface Scope {
  readonly label: string;
  readonly definitions: ReadonlyMap<string, Definition>;
}

const scopes = new WeakMap<readonly VariableDefinition[], ReadonlyMap<string, Definition>>();

/** Those of a file are asked for once for each of its requests. */
function written(definitions: readonly VariableDefinition[]): ReadonlyMap<string, Definition> {
  const known = scopes.get(definitions);
  if (known !== undefined) return known;
  const scope = new Map(
    definitions.map(({ name, value }): [string, Definition] => [name.text, { kind: "written", value }]),
  );
  scopes.set(definitions, scope);
  return scope;
}

/** The places where a variable is looked for, the first that has it wins. */
export function scopesOf({ overrides, block, file, environment }: DefinitionSources): readonly Scope[] {
  return [
    {
      label: "--var",
      definitions: new Map([...overrides].map(([name, text]) => [name, { kind: "text", text }])),
    },
    { label: "this request", definitions: written(block) },
    { label: "this file", definitions: written(file) },
    {
      label: environmentLabel(environment),
      definitions: new Map(
        [...environment.values].map(([name, value]) => [name, { kind: "environment", ...value }]),
      ),
    },
  ];
}

function environmentLabel({ name, files }: Environment): string {
  if (files.length === 0) return "no environment file (there is none)";
  return `environment ${name ?? "$shared"} (${files.map((path) => basename(path)).join(", ")})`;
}
