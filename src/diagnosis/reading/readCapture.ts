import type { CapturedRequest, Field } from "../../stages.ts";
import { clearedHeaders, factsOfCapture } from "./capturedRequest.ts";
import { type DiagnosisInput, noRequestFacts, type RequestFacts } from "./diagnosisInput.ts";
import { readDiagnosisInput } from "./readInput.ts";
import { isForProxy, lastSent, readRequest } from "./readRequest.ts";

/** A request alone, without its answer. */
const nothingAnswered: Omit<DiagnosisInput, "request"> = {
  status: null,
  headers: [],
  body: "",
  service: null,
  signing: { canonicalRequest: null, stringToSign: null },
  account: null,
  verification: null,
  clockOffset: null,
};

/**
 * Reads what somebody captured elsewhere: one JSON object or an array of them, a HAR, a raw HTTP response, the output of
 * `curl -v`, or the bare text of an error. Null entries stand for objects that hold nothing to be read.
 */
export function readCapture(text: string): readonly (DiagnosisInput | null)[] {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return [null];
  if (/^[[{]/.test(trimmed)) {
    const value = parsed(trimmed);
    if (value !== undefined) return fromJson(value);
  }
  if (/^HTTP\/\d/.test(trimmed)) return [fromResponse(trimmed.split(/\r?\n/), noRequestFacts)];
  if (/^< HTTP\/\d/m.test(trimmed)) return [fromCurl(trimmed.split(/\r?\n/))];
  const request = readRequest(trimmed);
  if (request !== null) return [{ ...nothingAnswered, request: factsOfCapture(request) }];
  return [readDiagnosisInput({ status: undefined, body: trimmed })];
}

/**
 * The requests of the same capture, whole, with what must not be kept: for signing them again. In the order of
 * `readCapture`, null where there is none.
 */
export function readCapturedRequests(text: string): readonly (CapturedRequest | null)[] {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  const value = /^[[{]/.test(trimmed) ? parsed(trimmed) : undefined;
  return value === undefined ? [readRequest(trimmed)] : entriesIn(value).map(requestOfEntry);
}

/** The objects of JSON that each hold a request and its answer. */
function entriesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const items = at(value, "items");
  return Array.isArray(items) ? items : (entriesOf(at(value, "log")) ?? [value]);
}

function requestOfEntry(entry: unknown): CapturedRequest | null {
  const request = at(entry, "request");
  const [method, url, given] = ["method", "url", "headers"].map((name) => at(request, name));
  if (typeof method !== "string" || typeof url !== "string") return null;
  const posted = at(at(request, "postData"), "text") ?? at(request, "body");
  const lines = fieldsOf(given).map(([name, value]) => `${name}: ${value}`);
  const body = typeof posted === "string" ? posted : "";
  return readRequest([`${method} ${url} HTTP/1.1`, ...lines, "", body].join("\n"));
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** `[{ name, value }]` as a HAR has them, pairs, or an object. */
function fieldsOf(headers: unknown): readonly Field[] {
  if (!Array.isArray(headers))
    return Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);
  return headers.map((one: unknown) =>
    Array.isArray(one)
      ? [String(one[0]), String(one[1])]
      : [String(at(one, "name")), String(at(one, "value"))],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromJson(value: unknown): readonly (DiagnosisInput | null)[] {
  if (Array.isArray(value)) return value.map(readDiagnosisInput);
  const members = new Map<string, unknown>(Object.entries(value as object));
  const items = members.get("items");
  if (Array.isArray(items)) return items.map(readDiagnosisInput);
  const entries = entriesOf(members.get("log"));
  if (entries !== null) return entries.map(fromHarEntry);
  const input = readDiagnosisInput(value);
  // An error document by itself is a body.
  return [input ?? readDiagnosisInput({ body: JSON.stringify(value) })];
}

function entriesOf(log: unknown): readonly unknown[] | null {
  const entries = typeof log === "object" && log !== null ? Reflect.get(log, "entries") : undefined;
  return Array.isArray(entries) ? entries : null;
}

function fromHarEntry(entry: unknown): DiagnosisInput | null {
  const [request, response] = [at(entry, "request"), at(entry, "response")];
  const captured = requestOfEntry(entry);
  const input = readDiagnosisInput({
    status: at(response, "status"),
    headers: fieldsOf(at(response, "headers")),
    body: contentOf(at(response, "content")),
    request: { method: at(request, "method"), url: at(request, "url") },
  });
  return input === null || captured === null ? input : { ...input, request: factsOfCapture(captured) };
}

/** @see http://www.softwareishard.com/blog/har-12-spec/#content */
function contentOf(content: unknown): unknown {
  const text = at(content, "text") ?? "";
  const isEncoded = typeof text === "string" && at(content, "encoding") === "base64";
  return isEncoded ? Buffer.from(text, "base64").toString() : text;
}

/** The last head counts: a proxy's "Connection established", redirects and interim answers go before it. */
function fromResponse(all: readonly string[], request: RequestFacts): DiagnosisInput {
  const lines = all.slice(lastHead(all));
  const blank = lines.indexOf("");
  const head = blank === -1 ? lines : lines.slice(0, blank);
  return {
    status: Number(/^HTTP\/\S+ (\d{3})/.exec(head[0] ?? "")?.[1] ?? Number.NaN) || null,
    headers: clearedHeaders(head.slice(1).flatMap(fieldOf)),
    body: blank === -1 ? "" : lines.slice(blank + 1).join("\n"),
    service: null,
    request,
    signing: { canonicalRequest: null, stringToSign: null },
    account: null,
    verification: null,
    clockOffset: null,
  };
}

/** Where the last of the heads begins that follow one another without anything between them. */
function lastHead(lines: readonly string[]): number {
  let head = 0;
  for (;;) {
    const blank = lines.indexOf("", head);
    if (blank === -1 || !/^HTTP\/[\d.]{1,3} \d{3}(?: |$)/.test(lines[blank + 1] ?? "")) return head;
    head = blank + 1;
  }
}

/** Lines of `curl -v` that are no body: `>` sent, `<` received, `*` is curl's own, and so is `{ [27 bytes data]`. */
const curlsOwn = /^(?:[<>*](?: |$)|[{}] \[\d+ bytes data\])/;

/** Of several answers the last counts, with the request that got it; what a proxy says of a tunnel is none of AWS. */
function fromCurl(lines: readonly string[]): DiagnosisInput {
  const sent = lastSent(lines);
  if (sent !== null && isForProxy(sent)) return { ...nothingAnswered, request: noRequestFacts };
  const last = lines.findLastIndex((line) => /^< HTTP\/\d/.test(line));
  const received = lines.slice(last).filter((line) => line.startsWith("<"));
  const body = lines.slice(last).filter((line) => !curlsOwn.test(line));
  const head = received.map((line) => line.slice(2)).filter((line) => line !== "");
  const request = readRequest(lines.slice(0, last + 1).join("\n"));
  return fromResponse([...head, "", ...body], request === null ? noRequestFacts : factsOfCapture(request));
}

function fieldOf(line: string): readonly Field[] {
  const colon = line.indexOf(":");
  return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
}
