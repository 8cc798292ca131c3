import type { Node } from "jsonc-parser";
import { readJsonTree } from "../jsonTree.ts";
import type { Position, Problem, Severity } from "../stages.ts";
import { byteSize } from "./byteSize.ts";
import type { Line } from "./lines.ts";
import { splitLines } from "./lines.ts";

/** A problem in a file other than the request file. Its message begins with `file:line:column`. */
export interface FileProblem extends Problem {
  readonly path: string;
}

/** The environments of one file: name → key → value. A value in an object or a list has its path as key: `api.key`. */
export interface EnvironmentFile {
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Why a key that stands there has no value: name → key → sentence, with its place. */
  readonly unset: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly problems: readonly FileProblem[];
}

const largestFile = 5 * 1024 * 1024;

/** Returns the message. */
type Report = (severity: Severity, code: string, offset: number, length: number, text: string) => string;

/**
 * Reads an environment file: JSON, comments allowed. Numbers and booleans are taken as they are written; null is left
 * out with a warning. What other tools keep beside the environments under a name with `$` is passed over.
 */
export function parseEnvironmentFile(source: string, path: string): EnvironmentFile {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  const lines = splitLines(text);
  const problems: FileProblem[] = [];
  const report: Report = (severity, code, offset, length, words) => {
    const range = { start: positionAt(lines, offset), end: positionAt(lines, offset + length) };
    const place = `${path}:${range.start.line + 1}:${range.start.column + 1}`;
    const message = `${place}: ${words}`;
    problems.push({ code, severity, message, range, path });
    return message;
  };
  const root = readTree(text, report);
  const environments = new Map<string, ReadonlyMap<string, string>>();
  const unset = new Map<string, ReadonlyMap<string, string>>();
  if (root === undefined) return { environments, unset, problems };
  if (root.type !== "object") {
    report(
      "error",
      "E_ENVIRONMENT_TYPE",
      root.offset,
      root.length,
      "the file must hold an object of environments.",
    );
  }
  for (const [name, value] of propertiesOf(root)) {
    if (name.startsWith("$") && name !== "$shared") continue;
    if (value.type === "object") {
      const found = readValues(value, text, report);
      environments.set(name, found.values);
      unset.set(name, found.unset);
    } else {
      const words = `the environment ${name} must be an object of names and values.`;
      report("error", "E_ENVIRONMENT_TYPE", value.offset, value.length, words);
    }
  }
  return { environments, unset, problems };
}

function readTree(text: string, report: Report): Node | undefined {
  if (Buffer.byteLength(text) > largestFile) {
    report("error", "E_ENVIRONMENT_JSON", 0, 0, `the file is larger than ${byteSize(largestFile)}.`);
    return undefined;
  }
  const tree = readJsonTree(text);
  if (tree.fault === null) return tree.root;
  const { offset, length, words } = tree.fault;
  report("error", "E_ENVIRONMENT_JSON", offset, length, words);
  return undefined;
}

/** Longer keys are nobody's: only in a hostile file do paths come to more than the file itself. */
const longestPath = 256;

interface FoundValues {
  readonly values: ReadonlyMap<string, string>;
  readonly unset: ReadonlyMap<string, string>;
}

/** Level by level, so that a literal key `api.key` wins over the path to the same name. */
function readValues(environment: Node, text: string, report: Report): FoundValues {
  const values = new Map<string, string>();
  const unset = new Map<string, string>();
  let level: readonly (readonly [path: string, node: Node])[] = [["", environment]];
  while (level.length > 0) {
    const entries = level.flatMap(([path, node]) => entriesBelow(path, node, report));
    for (const [path, node] of entries) {
      if (values.has(path) || unset.has(path)) continue;
      if (node.type === "string") values.set(path, String(node.value));
      else if (node.type === "number" || node.type === "boolean") {
        values.set(path, text.slice(node.offset, node.offset + node.length));
      } else unset.set(path, whyUnset(path, node, report));
    }
    level = entries.filter(([, { type }]) => type === "object" || type === "array");
  }
  return { values, unset };
}

function whyUnset(path: string, node: Node, report: Report): string {
  if (node.type === "object") return `${path} is an object there; name a value in it, as {{${path}.name}}.`;
  if (node.type === "array") return `${path} is a list there; name an entry of it, as {{${path}.0}}.`;
  const words = `${path} is left out: a value must be a string, a number or a boolean, not ${node.type}.`;
  return report("warning", "W_ENVIRONMENT_VALUE", node.offset, node.length, words);
}

/** The entries of an object or a list with their paths. Of equal names the last counts. */
function entriesBelow(path: string, node: Node, report: Report): readonly (readonly [string, Node])[] {
  const entries: readonly (readonly [string, Node])[] =
    node.type === "array"
      ? (node.children ?? []).map((entry, index) => [String(index), entry])
      : [...new Map(propertiesOf(node))];
  return entries.flatMap(([name, entry]): readonly (readonly [string, Node])[] => {
    const full = path === "" ? name : `${path}.${name}`;
    const isForeign = path === "" && name.startsWith("$");
    if (isForeign || (path !== "" && full.length > longestPath)) {
      const why = isForeign ? "a setting of another tool" : "its path is too long";
      const words = `${isForeign ? name : "a value"} is left out: ${why}.`;
      report("warning", "W_ENVIRONMENT_VALUE", entry.offset, entry.length, words);
      return [];
    }
    return [[full, entry]];
  });
}

function propertiesOf(node: Node): readonly (readonly [string, Node])[] {
  return (node.type === "object" ? (node.children ?? []) : []).flatMap(({ children }) => {
    const [name, value] = children ?? [];
    return name === undefined || value === undefined ? [] : [[String(name.value), value] as const];
  });
}

function positionAt(lines: readonly Line[], offset: number): Position {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - (lines[low]?.offset ?? 0) };
}
