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

/** The environments of one file: name → key → value. */
export interface EnvironmentFile {
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly problems: readonly FileProblem[];
}

const largestFile = 5 * 1024 * 1024;

type Report = (severity: Severity, code: string, offset: number, length: number, text: string) => void;

/**
 * Reads an environment file: JSON, comments allowed. Numbers and booleans are taken as they are written; other
 * values are left out with a warning, because other tools keep settings of theirs there.
 */
export function parseEnvironmentFile(source: string, path: string): EnvironmentFile {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  const lines = splitLines(text);
  const problems: FileProblem[] = [];
  const report: Report = (severity, code, offset, length, words) => {
    const range = { start: positionAt(lines, offset), end: positionAt(lines, offset + length) };
    const place = `${path}:${range.start.line + 1}:${range.start.column + 1}`;
    problems.push({ code, severity, message: `${place}: ${words}`, range, path });
  };
  const root = readTree(text, report);
  const environments = new Map<string, ReadonlyMap<string, string>>();
  if (root === undefined) return { environments, problems };
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
    if (value.type === "object") environments.set(name, readValues(value, text, report));
    else {
      const words = `the environment ${name} must be an object of names and values.`;
      report("error", "E_ENVIRONMENT_TYPE", value.offset, value.length, words);
    }
  }
  return { environments, problems };
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

function readValues(node: Node, text: string, report: Report): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of propertiesOf(node)) {
    if (value.type === "string") values.set(name, String(value.value));
    else if (value.type === "number" || value.type === "boolean") {
      values.set(name, text.slice(value.offset, value.offset + value.length));
    } else {
      const words = `${name} is left out: a value must be a string, a number or a boolean, not ${value.type}.`;
      report("warning", "W_ENVIRONMENT_VALUE", value.offset, value.length, words);
    }
  }
  return values;
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
