import type { Header, HeaderLine, Problem, RequestTarget, TextRange } from "../stages.ts";
import { readAuthority } from "./authority.ts";
import { encodedBasic, foreignAuthorization } from "./authorizationWords.ts";
import { controlCharacterFault, surrogateFault } from "./characters.ts";
import { clipped } from "./clipped.ts";
import type { Expansion } from "./expansion.ts";
import { headerNameFault, keysInAuthorization } from "./headerLine.ts";
import { errorAt } from "./problem.ts";
import { type HeaderKeys, privateHeaderKeys } from "./requestKeys.ts";
import type { Expander } from "./variables.ts";

/** A typed header, its variables expanded, and the places of its halves. */
export interface TypedHeader {
  readonly name: string;
  readonly value: string;
  readonly line: HeaderLine;
}

/** Headers expanded, and what is wrong with them in themselves. */
export interface HeadersReading {
  readonly headers: readonly TypedHeader[];
  readonly problems: readonly Problem[];
  /** Keys that sign in place of the header that holds them. */
  readonly keys: (HeaderKeys & { readonly line: HeaderLine }) | null;
}

/** What the headers of a request must agree with. */
export interface HeaderFacts {
  readonly method: string;
  readonly target: RequestTarget;
  /** Bytes. */
  readonly bodyLength: number;
}

/** Expands the header lines; a header with a variable that has no value is left out, the expander has reported it. */
export function expandHeaders(lines: readonly HeaderLine[], expander: Expander): HeadersReading {
  const headers: TypedHeader[] = [];
  const problems: Problem[] = [];
  let keys: HeadersReading["keys"] = null;
  for (const line of lines) {
    const reading = expandHeader(line, expander, problems);
    if (reading === null) continue;
    const { header, value } = reading;
    const own: HeaderKeys | null =
      keys === null && value !== null && /^authorization$/i.test(header.name)
        ? privateHeaderKeys(value)
        : null;
    if (own !== null) {
      keys = { ...own, line };
      continue;
    }
    const found = ownProblems(header);
    const trimmed = header.value.replace(/^[ \t]+/, "").trimEnd();
    const sent = encodedBasic(header.name, trimmed, line.value.text, placeOf(header));
    if (found.length === 0) headers.push({ ...header, value: sent.value });
    problems.push(...(found.length === 0 ? sent.problems : found));
  }
  return { headers, problems, keys };
}

/** A header expanded; `value` tells where its value came from, null for a header that is a whole variable. */
function expandHeader(
  line: HeaderLine,
  expander: Expander,
  problems: Problem[],
): { readonly header: TypedHeader; readonly value: Expansion | null } | null {
  const name = expander.expand(line.name);
  const value = expander.expand(line.value);
  if (name === null || value === null) return null;
  if (!line.isVariable) return { header: { name: name.text, value: value.text, line }, value };
  const header = headerOf(name.text, line, problems);
  return header && { header, value: null };
}

/** The header that a variable holds. What it holds instead is not repeated: it may be a secret. */
function headerOf(text: string, line: HeaderLine, problems: Problem[]): TypedHeader | null {
  const fault = controlCharacterFault(text, "This variable") ?? surrogateFault(text, "This variable");
  const [, name = "", value = ""] = /^[ \t]*([^:]*?)[ \t]*:(.*)$/s.exec(text) ?? [];
  if (fault === null && headerNameFault(name) === null) return { name, value, line };
  const message =
    "This variable stands where a header is and holds none; give it a value such as `Name: value`, or put an empty line before it if the body begins here.";
  const { code, message: why } = fault ?? { code: "E_HEADER_COLON", message };
  problems.push(errorAt(line.name.range, code, why));
  return null;
}

function ownProblems({ name, value, line }: TypedHeader): readonly Problem[] {
  const nameFault = headerNameFault(name);
  if (nameFault !== null) return [errorAt(line.name.range, "E_HEADER_NAME", nameFault)];
  const where = `The value of ${name}`;
  const fault = controlCharacterFault(value, where) ?? surrogateFault(value, where);
  if (fault !== null) return [errorAt(line.value.range, fault.code, fault.message)];
  const range = line.isVariable ? line.name.range : line.value.range;
  return [...keysInAuthorization(name, value, range), ...foreignAuthorization(name, value, range)];
}

/** The value of the typed Host header, or null. */
export function typedHost(headers: readonly TypedHeader[]): string | null {
  return headers.find((header) => isNamed(header, "host"))?.value ?? null;
}

/** What is wrong with the headers beside the URL and the body: they must say the same, and say it once. */
export function framingProblems(
  headers: readonly TypedHeader[],
  { target, bodyLength }: HeaderFacts,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const name of ["Host", "Content-Length"]) {
    for (const twice of headers.filter((header) => isNamed(header, name.toLowerCase())).slice(1)) {
      problems.push(
        errorAt(placeOf(twice), "E_HEADER_TWICE", `${name} stands here a second time; delete one.`),
      );
    }
  }
  for (const header of headers) {
    if (isNamed(header, "transfer-encoding")) {
      const message =
        "Transfer-Encoding cannot be set: a body is always sent whole with its length; delete this header.";
      problems.push(errorAt(placeOf(header), "E_TRANSFER_ENCODING", message));
    }
    if (isNamed(header, "host") && !sameAuthority(header.value, target)) {
      const message = `The Host header says ${JSON.stringify(clipped(header.value))}, but the URL goes to ${target.authority}; delete the header, and use \`# @connect-to\` to connect elsewhere.`;
      problems.push(errorAt(placeOf(header), "E_HOST_MISMATCH", message));
    }
    if (isNamed(header, "content-length") && !sameLength(header.value, bodyLength)) {
      const message = `Content-Length does not match the body, which is ${bodyLength} bytes; delete this header.`;
      problems.push(errorAt(placeOf(header), "E_CONTENT_LENGTH", message));
    }
  }
  return problems;
}

/**
 * The header fields in the order in which they are sent: Host first unless it was typed, what was typed, our defaults
 * unless typed (typed empty they are left out), Content-Length where there is a body to speak of.
 * @param version ours, for User-Agent
 */
export function sentHeaders(
  typed: readonly TypedHeader[],
  facts: HeaderFacts,
  version: string,
): readonly Header[] {
  const defaults: readonly Header[] = [
    { name: "User-Agent", value: `awsreq/${version}`, origin: "default" },
    { name: "Accept", value: "*/*", origin: "default" },
    { name: "Accept-Encoding", value: "gzip, deflate, br", origin: "default" },
  ];
  const isDefault = (header: TypedHeader): boolean =>
    defaults.some(({ name }) => isNamed(header, name.toLowerCase()));
  const names = new Set(typed.map(({ name }) => name.toLowerCase()));
  const isNew = ({ name }: Header): boolean => !names.has(name.toLowerCase());
  const host: Header = { name: "Host", value: facts.target.authority, origin: "default" };
  const length: Header = { name: "Content-Length", value: String(facts.bodyLength), origin: "default" };
  const close: Header = { name: "Connection", value: "close", origin: "default" };
  const sendsBody = facts.bodyLength > 0 || /^(?:POST|PUT|PATCH)$/i.test(facts.method);
  return [
    ...[host].filter(isNew),
    ...typed
      .filter((header) => header.value !== "" || !isDefault(header))
      .map((header) => sent(header, facts)),
    ...defaults.filter(isNew),
    ...(sendsBody ? [length].filter(isNew) : []),
    // Each request has a connection of its own.
    ...[close].filter(isNew),
  ];
}

function sent(header: TypedHeader, { target }: HeaderFacts): Header {
  const value = isNamed(header, "host") ? target.authority : header.value;
  return { name: header.name, value, origin: "typed", range: placeOf(header) };
}

function isNamed(header: TypedHeader, name: string): boolean {
  return header.name.toLowerCase() === name;
}

function placeOf({ line }: TypedHeader): TextRange {
  return { start: line.name.range.start, end: line.value.range.end };
}

function sameAuthority(text: string, target: RequestTarget): boolean {
  const { value } = readAuthority(text);
  if (value === undefined || value.host !== target.host) return false;
  return value.port === target.port || (value.port === null && target.authority === target.host);
}

function sameLength(text: string, length: number): boolean {
  return /^\d{1,15}$/.test(text) && Number(text) === length;
}
