import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { UserError } from "../errors.ts";

/** Makes the error that says where in the file something is wrong, and what. */
export type Fail = (node: Pick<Node, "offset">, words: string, hint?: string) => UserError;

/** A policy file's JSON. */
export interface PolicyTree {
  readonly root: Node;
  readonly fail: Fail;
}

const largestFile = 256 * 1024;
const deepestNesting = 32;
const example =
  'For example: {"identity": {"Statement": {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}}}';

/**
 * Reads the JSON of a policy file; comments are allowed.
 * @throws UserError `E_POLICY_FILE`
 */
export function readPolicyTree(source: string, file: string): PolicyTree {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  const fail: Fail = ({ offset }, words, hint = example) =>
    new UserError({
      code: "E_POLICY_FILE",
      phase: "file",
      message: `${file}:${placeOf(text, offset)}: ${words}`,
      hint,
    });
  if (Buffer.byteLength(text) > largestFile) throw fail({ offset: 0 }, "the file is larger than 256 KB.");
  const tooDeep = offsetOfDeepNesting(text);
  if (tooDeep !== null)
    throw fail({ offset: tooDeep }, `the JSON is nested more than ${deepestNesting} deep.`);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined) throw fail(first, `the JSON is not valid: ${wordsOf(first)}.`);
  if (root === undefined) throw fail({ offset: 0 }, "the file is empty.");
  return { root, fail };
}

/** An object's members by name, each of them one that is known, and there once. */
export function membersOf(node: Node, known: readonly string[], what: string, fail: Fail): Map<string, Node> {
  const members = new Map<string, Node>();
  for (const { children } of node.children ?? []) {
    const [key, value] = children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (!known.includes(name)) {
      throw fail(key, `"${name}" is nothing that ${what} has.`, `${capital(what)} has ${known.join(", ")}.`);
    }
    if (members.has(name)) throw fail(key, `${what} has "${name}" twice.`, "Leave one of them out.");
    members.set(name, value);
  }
  return members;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The parser is recursive: nesting is bounded before it runs. */
function offsetOfDeepNesting(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const token = text[scanner.getTokenOffset()];
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
    if (depth > deepestNesting) return scanner.getTokenOffset();
  }
  return null;
}

function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
