import { dirname, join, relative, resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { EnvironmentFile, FileProblem } from "./environmentFile.ts";
import { parseEnvironmentFile } from "./environmentFile.ts";
import { didYouMean } from "./nearestName.ts";
import { sourceText } from "./sourceText.ts";

/** A value of an environment; private when it comes from `http-client.private.env.json`. */
export interface EnvironmentValue {
  readonly text: string;
  readonly isPrivate: boolean;
}

/** The variables that an environment gives to a request. */
export interface Environment {
  /** Null when only `$shared` holds. */
  readonly name: string | null;
  readonly values: ReadonlyMap<string, EnvironmentValue>;
  /** Absolute paths of the files that were read. */
  readonly files: readonly string[];
  /** Why a name that the files hold has no value here, a sentence each. */
  readonly unset?: ReadonlyMap<string, string>;
}

/** Where environments are looked for, and which one is meant. */
export interface EnvironmentSearch {
  /** Absolute path of the request file's folder. */
  readonly directory: string;
  /** Absolute path of the last folder to look in; a directory outside it is searched alone. */
  readonly root: string;
  /** `--env NAME` or what was picked; null when nothing was. */
  readonly selected: string | null;
  /** Bytes of a file, or its text where somebody has it; null when it is not there. */
  readonly readFile: (path: string) => Promise<Uint8Array | string | null>;
}

/** An environment and what is odd, but not fatal, in its files. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  /** Names to choose from, `$shared` left out. */
  readonly names: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** No environment at all. */
export const noEnvironment: Environment = { name: null, values: new Map(), files: [] };

const publicName = "http-client.env.json";
const privateName = "http-client.private.env.json";
const shared = "$shared";

interface SourceFile extends EnvironmentFile {
  readonly path: string;
  readonly isPrivate: boolean;
}

/**
 * The environment of a request: from the nearest folder that has an environment file, never merged over folders.
 * The named environment wins over `$shared`, and in each the private file wins key by key.
 * @throws UserError `E_ENVIRONMENT_JSON`, `E_ENVIRONMENT_TYPE`, `E_ENVIRONMENT_ENCODING` with file:line:column;
 * `E_ENVIRONMENT_UNKNOWN`
 */
export async function loadEnvironment(search: EnvironmentSearch): Promise<LoadedEnvironment> {
  const files = await nearestFiles(search);
  const names = [...new Set(files.flatMap((file) => [...file.environments.keys()]))].filter(
    (name) => name !== shared,
  );
  if (search.selected !== null && search.selected !== shared && !names.includes(search.selected)) {
    throw unknownEnvironment(search.selected, names, files);
  }
  const sole = names.length === 1 ? (names[0] ?? null) : null;
  const name = search.selected === shared ? null : (search.selected ?? sole);
  return {
    environment: {
      name,
      values: valuesOf(files, name),
      files: files.map(({ path }) => path),
      unset: unsetOf(files, name, names),
    },
    names,
    problems: files.flatMap(({ problems }) => problems),
  };
}

function valuesOf(files: readonly SourceFile[], name: string | null): ReadonlyMap<string, EnvironmentValue> {
  const values = new Map<string, EnvironmentValue>();
  for (const environment of name === null ? [shared] : [shared, name]) {
    for (const { environments, isPrivate } of files) {
      for (const [key, text] of environments.get(environment) ?? []) values.set(key, { text, isPrivate });
    }
  }
  return values;
}

/** What other environments define is said with how to choose one; what is left out in this one with its place. */
function unsetOf(
  files: readonly SourceFile[],
  name: string | null,
  names: readonly string[],
): ReadonlyMap<string, string> {
  const definers = new Map<string, Set<string>>();
  for (const other of names.filter((found) => found !== name)) {
    for (const key of files.flatMap(({ environments }) => [...(environments.get(other)?.keys() ?? [])])) {
      definers.set(key, (definers.get(key) ?? new Set()).add(other));
    }
  }
  const holding = name === null ? [shared] : [shared, name];
  const reasons = holding.flatMap((held) => files.flatMap(({ unset }) => [...(unset.get(held) ?? [])]));
  return new Map([...[...definers].map(([key, found]) => [key, elsewhere(found)] as const), ...reasons]);
}

function elsewhere(found: ReadonlySet<string>): string {
  const verb = found.size === 1 ? "defines it: choose that environment" : "define it: choose one";
  return `${listed([...found].slice(0, mostListed))} ${verb} with --env (in VS Code: Select Environment).`;
}

/** A message with more names helps nobody. */
const mostListed = 6;

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

async function nearestFiles(search: EnvironmentSearch): Promise<readonly SourceFile[]> {
  for (const folder of foldersOf(search.directory, search.root)) {
    const found: SourceFile[] = [];
    for (const fileName of [publicName, privateName]) {
      const path = join(folder, fileName);
      const read = await search.readFile(path);
      if (read === null) continue;
      const text = typeof read === "string" ? read : sourceText(read, path, "E_ENVIRONMENT_ENCODING");
      found.push({ path, isPrivate: fileName === privateName, ...readOrThrow(text, path) });
    }
    if (found.length > 0) return found;
  }
  return [];
}

/** From the directory up to the root; the directory alone when it is not inside the root. */
function foldersOf(directory: string, root: string): readonly string[] {
  const inside = relative(resolve(root), resolve(directory));
  const folders = [resolve(directory)];
  if (inside === "" || inside.startsWith("..") || resolve(inside) === inside) return folders;
  for (let folder = dirname(resolve(directory)); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === resolve(root)) return folders;
  }
}

function readOrThrow(text: string, path: string): EnvironmentFile {
  const file = parseEnvironmentFile(text, path);
  const error = file.problems.find(({ severity }) => severity === "error");
  if (error === undefined) return file;
  throw new UserError({ code: error.code, phase: "file", message: error.message });
}

function unknownEnvironment(name: string, names: readonly string[], files: readonly SourceFile[]): UserError {
  const [first] = files;
  const where = first === undefined ? "there is no http-client.env.json" : `not in ${dirname(first.path)}`;
  const listed = names.length === 0 ? "none" : names.join(", ");
  return new UserError({
    code: "E_ENVIRONMENT_UNKNOWN",
    phase: "usage",
    message: `There is no environment ${JSON.stringify(name)}: ${where}${didYouMean(name, names) || "."}`,
    hint: `Environments to choose from: ${listed}.`,
  });
}
