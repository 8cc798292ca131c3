import { UserError } from "../errors.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
import { didYouMean } from "./nearestName.ts";

/** Which requests of a file are meant. Without a word: the only one. Lines are one-based. */
export type RequestSelector =
  | { readonly name: string }
  | { readonly line: number }
  | { readonly all: true }
  | Record<string, never>;

/**
 * The requests that a selector means, at least one.
 * @throws UserError `E_SELECT` that lists what there is to choose from
 */
export function selectRequest(file: RequestFile, selector: RequestSelector): readonly RequestBlock[] {
  const { requests } = file;
  if (requests.length === 0) throw noRequests();
  if ("all" in selector) return requests;
  if ("name" in selector) {
    const named = requests.findLast(({ name }) => name === selector.name);
    return named === undefined ? fail(noSuchName(selector.name, requests)) : [named];
  }
  if ("line" in selector) {
    const found = requestAt(requests, selector.line - 1);
    return found === null ? fail(noneAtLine(selector.line, requests)) : [found];
  }
  return requests.length === 1 ? requests : fail(severalRequests(requests));
}

/** The request whose block contains a zero-based line, or null. */
export function requestAt(requests: readonly RequestBlock[], line: number): RequestBlock | null {
  let [low, high] = [0, requests.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((requests[middle]?.range.start.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const request = requests[low - 1];
  if (request === undefined) return null;
  const { end } = request.range;
  const isLastLine = line === end.line && (end.column > 0 || low === requests.length);
  return line < end.line || isLastLine ? request : null;
}

/** What a request is called in a list: its name, else `line 12 GET https://…` without the query. */
export function requestLabel(block: RequestBlock): string {
  if (block.name !== null) return block.name;
  const url = block.target
    .map(({ text }) => text)
    .join("")
    .replace(/\?.*$/s, "")
    .replace(/\/\/[^/@]*@/, "//");
  const clipped = url.length > 60 ? `${url.slice(0, 60)}…` : url;
  return `line ${block.method.range.start.line + 1} ${block.method.text} ${clipped}`;
}

function noRequests(): UserError {
  return select("The file holds no request.", "Write one: `GET https://example.com/path`.");
}

function noSuchName(name: string, requests: readonly RequestBlock[]): UserError {
  const names = requests.flatMap((request) => (request.name === null ? [] : [request.name]));
  const suggestion = didYouMean(name, names) || ".";
  return select(`No request is named ${JSON.stringify(name)}${suggestion}`, choices(requests));
}

function noneAtLine(line: number, requests: readonly RequestBlock[]): UserError {
  return select(`No request stands at line ${line}.`, choices(requests));
}

function severalRequests(requests: readonly RequestBlock[]): UserError {
  return select(`The file holds ${requests.length} requests; say which one is meant.`, choices(requests));
}

const mostListed = 30;

function choices(requests: readonly RequestBlock[]): string {
  const more = requests.length > mostListed ? `, and ${requests.length - mostListed} more` : "";
  return `Requests to choose from: ${requests.slice(0, mostListed).map(requestLabel).join(", ")}${more}.`;
}

function select(message: string, hint: string): UserError {
  return new UserError({ code: "E_SELECT", phase: "usage", message, hint });
}

function fail(error: UserError): never {
  throw error;
}
