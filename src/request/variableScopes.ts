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
  | { readonly kind: "written"; readonly value: Spanned; readonly earlier: Definition | undefined }
  | { readonly kind: "environment"; readonly text: string; readonly isPrivate: boolean };

/** One place where variables are looked for, and what it is called. */
export interface Scope {
  readonly label: string;
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** The places where a variable is looked for, the first that has it wins. */
export function scopesOf({ overrides, block, file, environment }: DefinitionSources): readonly Scope[] {
  return [
    { label: "--var", definitions: overridden(overrides) },
    { label: "this request", definitions: writtenIn(block) },
    { label: "this file", definitions: writtenIn(file) },
    { label: environmentLabel(environment), definitions: inEnvironment(environment) },
  ];
}

type Definitions = ReadonlyMap<string, Definition>;

const overridden = onceFor(
  (overrides: ReadonlyMap<string, string>): Definitions =>
    new Map([...overrides].map(([name, text]) => [name, { kind: "text", text }])),
);

/** Of definitions of one name the last one holds; it may refer to the one above it. */
const writtenIn = onceFor((definitions: readonly VariableDefinition[]): Definitions => {
  const found = new Map<string, Definition>();
  for (const { name, value } of definitions)
    found.set(name.text, { kind: "written", value, earlier: found.get(name.text) });
  return found;
});

const inEnvironment = onceFor(
  ({ values }: Environment): Definitions =>
    new Map([...values].map(([name, value]) => [name, { kind: "environment", ...value }])),
);

/** The same sources serve every request of a file. */
function onceFor<Source extends object>(
  make: (source: Source) => Definitions,
): (source: Source) => Definitions {
  const made = new WeakMap<Source, Definitions>();
  return (source) => {
    const before = made.get(source);
    if (before !== undefined) return before;
    const definitions = make(source);
    made.set(source, definitions);
    return definitions;
  };
}

/**
 * What a variable means in its own definition, `@base = {{base}}/v1`: the one defined above it, else that of the next
 * place that has one.
 */
export function definitionBehind(
  scopes: readonly Scope[],
  name: string,
  definition: Definition,
): Definition | undefined {
  if (definition.kind === "written" && definition.earlier !== undefined) return definition.earlier;
  const outer = scopes.slice(1 + scopes.findIndex((scope) => holds(scope.definitions.get(name), definition)));
  return outer.find(({ definitions }) => definitions.has(name))?.definitions.get(name);
}

function holds(found: Definition | undefined, definition: Definition): boolean {
  let at = found;
  while (at !== undefined && at !== definition) at = at.kind === "written" ? at.earlier : undefined;
  return at !== undefined;
}

function environmentLabel({ name, files }: Environment): string {
  if (files.length === 0) return "no environment file (there is none)";
  return `environment ${name ?? "$shared"} (${files.map((path) => basename(path)).join(", ")})`;
}
