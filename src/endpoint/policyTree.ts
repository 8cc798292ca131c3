import type { Node } from "jsonc-parser";
import { UserError } from "../errors.ts";
import { readJsonTree } from "../jsonTree.ts";

/** Makes the error that says where in the file something is wrong, and what. */
export type Fail = (node: Pick<Node, "offset">, words: string, hint?: string) => UserError;

/** A policy file's JSON. */
export interface PolicyTree {
  readonly root: Node;
  readonly fail: Fail;
}

const largestFile = 256 * 1024;
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
  const tree = readJsonTree(text);
  if (tree.fault !== null) throw fail(tree.fault, tree.fault.words);
  const { root } = tree;
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

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
