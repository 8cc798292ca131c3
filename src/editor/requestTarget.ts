import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { RestoreKey } from "../page/view.ts";
import { requestAt } from "../request/selectRequest.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
import type { ParsedDocuments } from "./language/parsedDocuments.ts";
import { isRequestDocument } from "./requestDocument.ts";

/** One request of an open buffer. */
export interface RequestTarget {
  readonly document: vscode.TextDocument;
  readonly block: RequestBlock;
}

/**
 * The request that a command is about: the one at a CodeLens's arguments (URI and zero-based line), else the one at
 * the cursor. Null when there is none; arguments of any other form count as none.
 */
export async function targetOfCommand(
  args: readonly unknown[],
  parsed: ParsedDocuments,
): Promise<RequestTarget | null> {
  const [uri, line] = args;
  if (typeof uri === "string" && typeof line === "number") return targetAt(uri, line, parsed);
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isRequestDocument(editor.document)) return null;
  return blockAt(editor.document, editor.selection.active.line, parsed);
}

async function targetAt(uri: string, line: number, parsed: ParsedDocuments): Promise<RequestTarget | null> {
  const document = await openedDocument(uri);
  return document === null ? null : blockAt(document, line, parsed);
}

/** The same request again, in the buffer as it is now: by its name, else by its text, else by its line. */
export async function targetOfKey(key: RestoreKey, parsed: ParsedDocuments): Promise<RequestTarget | null> {
  const document = await openedDocument(key.document);
  return document === null ? null : targetIn(document, key, parsed);
}

/** The same in a document that is open. */
export function targetIn(
  document: vscode.TextDocument,
  key: RestoreKey,
  parsed: ParsedDocuments,
): RequestTarget | null {
  const file = parsed.of(document);
  const { requests } = file;
  const named = key.name === null ? undefined : requests.find(({ name }) => name === key.name);
  const block = named ?? nearestAlike(file, key) ?? requestAt(requests, key.line);
  return block === null ? null : { document, block };
}

/** True for the very request that a key was made of, by its name or its text. */
export function isRequestOf({ name, digest }: RestoreKey, { block }: RequestTarget): boolean {
  return name === null ? digestOf(block) === digest : block.name === name;
}

/** Lines may have moved: what counts is the text, and the line only among those that have the same. */
function nearestAlike(file: RequestFile, { digest, line }: RestoreKey): RequestBlock | null {
  const away = (block: RequestBlock) => Math.abs(block.method.range.start.line - line);
  const alike = byDigest(file).get(digest) ?? [];
  return alike.toSorted((a, b) => away(a) - away(b))[0] ?? null;
}

type ByDigest = ReadonlyMap<string, readonly RequestBlock[]>;

const indexes = new WeakMap<RequestFile, ByDigest>();

/** The requests of a file by their digests, put together once for each version. */
function byDigest(file: RequestFile): ByDigest {
  const known = indexes.get(file);
  if (known !== undefined) return known;
  const index = new Map<string, RequestBlock[]>();
  for (const block of file.requests) {
    const digest = digestOf(block);
    const alike = index.get(digest);
    if (alike === undefined) index.set(digest, [block]);
    else alike.push(block);
  }
  indexes.set(file, index);
  return index;
}

function blockAt(document: vscode.TextDocument, line: number, parsed: ParsedDocuments): RequestTarget | null {
  const block = requestAt(parsed.of(document).requests, line);
  return block === null ? null : { document, block };
}

/** An open buffer or a file that can be opened; null for what is gone, or is no request file. */
async function openedDocument(uri: string): Promise<vscode.TextDocument | null> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    return isRequestDocument(document) ? document : null;
  } catch {
    // A closed untitled buffer, a deleted file: nothing is there to be sent.
    return null;
  }
}

/** What leads back to a request after a reload. */
export function keyOfTarget({ document, block }: RequestTarget): RestoreKey {
  const { start } = block.method.range;
  return { document: document.uri.toString(), line: start.line, name: block.name, digest: digestOf(block) };
}

/** The same for two sends of one request, also when lines moved in between. */
export function requestKey({ document, block }: RequestTarget): string {
  return `${document.uri.toString()}\n${keyInDocument(block)}`;
}

/** The same among the requests of one document. */
export function keyInDocument(block: RequestBlock): string {
  return block.name ?? textOf(block);
}

function textOf({ title, method, target }: RequestBlock): string {
  return `${title}\n${method.text} ${target.map(({ text }) => text).join("")}`;
}

/** Requests that did not change are the same objects in the next version of their file. */
const digests = new WeakMap<RequestBlock, string>();

function digestOf(block: RequestBlock): string {
  const known = digests.get(block);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(textOf(block)).digest("base64url");
  digests.set(block, digest);
  return digest;
}
