import { UserError } from "../errors.ts";
import type { RequestBlock, RequestFile } from "../stages.ts";
import { didYouMean } from "./nearestName.ts";
import { isDisabled } from "./runDirectives.ts";

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
    return [requestCalled(selector.name, requests)];
  }
  if ("line" in selector) {
    const found = requestAt(requests, selector.line - 1);
    return found === null ? fail(noneAtLine(selector.line, requests)) : [found];
  }
  return requests.length === 1 ? requests : fail(severalRequests(requests));
}

/**
 * The same for who is going to send them: the only request of a file is not meant when it is `@disabled`.
 * @throws UserError `E_SELECT`
 */
export function selectToSend(file: RequestFile, selector: RequestSelector): readonly RequestBlock[] {
  const selected = selectRequest(file, selector);
  const [only] = selected;
  const isMeant = "all" in selector || "name" in selector || "line" in selector;
  return only !== undefined && !isMeant && isDisabled(file, only) ? fail(onlyDisabled(only)) : selected;
}

/** The request of that name, else of that title, else of that title in other letters' case; an untitled one has none. */
function requestCalled(called: string, requests: readonly RequestBlock[]): RequestBlock {
  const named = requests.findLast(({ name }) => name === called);
  if (named !== undefined) return named;
  const isTitled = (form: (text: string) => string) =>
    requests.filter(({ title }) => title !== "" && form(title) === form(called));
  const exact = isTitled((text) => text);
  const titled = exact.length > 0 ? exact : isTitled((text) => text.normalize("NFC").toLowerCase());
  const [only, another] = titled;
  if (only === undefined) return fail(noSuchName(called, requests));
  return another === undefined ? only : fail(titledAlike(called, titled));
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

/** What a request is called in a list: its name, else its title and line, else `line 12 GET https://…`. */
export function requestLabel(block: RequestBlock): string {
  if (block.name !== null) return block.name;
  return block.title === ""
    ? `line ${lineOf(block)} ${writtenRequest(block)}`
    : `${JSON.stringify(clipped(block.title))} (line ${lineOf(block)} ${writtenRequest(block)})`;
}

/** `GET {{api}}/pets`: a request line as it is written, without query and userinfo, and not longer than a line. */
export function writtenRequest({ method, target }: Pick<RequestBlock, "method" | "target">): string {
  const url = target
    .map(({ text }) => text)
    .join("")
    .replace(/\?.*$/s, "")
    .replace(/\/\/[^/@]*@/, "//");
  return `${method.text} ${clipped(url)}`;
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function lineOf({ method }: Pick<RequestBlock, "method">): number {
  return method.range.start.line + 1;
}

function noRequests(): UserError {
  return select("The file holds no request.", "Write one: `GET https://example.com/path`.");
}

function onlyDisabled(block: RequestBlock): UserError {
  const hint = `--line ${lineOf(block)} sends it all the same.`;
  return select(`The only request of the file is not sent unless it is named: it is @disabled.`, hint);
}

function noSuchName(name: string, requests: readonly RequestBlock[]): UserError {
  const names = requests.flatMap((request) =>
    [request.name ?? "", request.title].filter((text) => text !== ""),
  );
  const suggestion = didYouMean(name, names) || ".";
  return select(`No request is named ${JSON.stringify(name)}${suggestion}`, choices(requests));
}

function titledAlike(title: string, requests: readonly RequestBlock[]): UserError {
  const lines = requests.map((request) => String(lineOf(request)));
  const listed = `${lines.slice(0, -1).slice(0, mostListed).join(", ")} and ${lines.at(-1)}`;
  return select(
    `${requests.length} requests are titled ${JSON.stringify(title)}: lines ${listed}.`,
    `Say which one with --line ${lines[0]}, or give them names: \`# @name id\`.`,
  );
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
