import type { Field } from "../stages.ts";
import { type DiagnosisInput, noRequestFacts, type RequestFacts } from "./diagnosisInput.ts";
import { readDiagnosisInput } from "./readInput.ts";

/**
 * Reads what somebody captured elsewhere: one JSON object or an array of them, a HAR, a raw HTTP response, the output of
 * `curl -v`, or the bare text of an error. Null entries stand for objects that hold nothing to be read.
 */
export function readCapture(text: string): readonly (DiagnosisInput | null)[] {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (/^[[{]/.test(trimmed)) {
    const value = parsed(trimmed);
    if (value !== undefined) return fromJson(value);
  }
  if (/^HTTP\/\d/.test(trimmed)) return [fromResponse(trimmed.split(/\r?\n/), noRequestFacts)];
  if (/^< HTTP\/\d/m.test(trimmed)) return [fromCurl(trimmed.split(/\r?\n/))];
  return [readDiagnosisInput({ status: undefined, body: trimmed })];
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
  const at = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  const [request, response] = [at(entry, "request"), at(entry, "response")];
  const pairs = (from: unknown) => {
    const headers = at(from, "headers");
    return Array.isArray(headers) ? headers.map((one) => [at(one, "name"), at(one, "value")]) : [];
  };
  const sent = pairs(request).map(([name]) => String(name).toLowerCase());
  return readDiagnosisInput({
    status: at(response, "status"),
    headers: pairs(response),
    body: at(at(response, "content"), "text") ?? "",
    request: {
      method: at(request, "method"),
      url: at(request, "url"),
      headers: pairs(request),
      signed: sent.includes("authorization") || /X-Amz-Signature=/.test(String(at(request, "url"))),
    },
  });
}

function fromResponse(lines: readonly string[], request: RequestFacts): DiagnosisInput {
  const blank = lines.indexOf("");
  const head = blank === -1 ? lines : lines.slice(0, blank);
  return {
    status: Number(/^HTTP\/\S+ (\d{3})/.exec(head[0] ?? "")?.[1] ?? Number.NaN) || null,
    headers: head.slice(1).flatMap(fieldOf),
    body: blank === -1 ? "" : lines.slice(blank + 1).join("\n"),
    service: null,
    request,
    signing: { canonicalRequest: null, stringToSign: null },
    account: null,
    clockOffset: null,
  };
}

/** `>` sent, `<` received, `*` and braces are curl's own; the rest is the body. Of several answers the last counts. */
function fromCurl(lines: readonly string[]): DiagnosisInput {
  const last = lines.findLastIndex((line) => /^< HTTP\/\d/.test(line));
  const sent = lines.filter((line) => line.startsWith("> ")).map((line) => line.slice(2));
  const received = lines.slice(last).filter((line) => line.startsWith("<"));
  const body = lines.slice(last).filter((line) => !/^[<>*{}](?: |$)/.test(line));
  const head = received.map((line) => line.slice(2)).filter((line) => line !== "");
  return fromResponse([...head, "", ...body], sentFacts(sent));
}

function sentFacts(lines: readonly string[]): RequestFacts {
  const [, method = null, target = ""] = /^(\S+) (\S+) HTTP\//.exec(lines[0] ?? "") ?? [];
  const headers = lines.slice(1).flatMap(fieldOf);
  const value = (name: string) => headers.find(([found]) => found.toLowerCase() === name)?.[1] ?? null;
  const [path = "", query = null] = target.split("?");
  const authorization = value("authorization") ?? "";
  const isSigned = authorization.startsWith("AWS4-") || /X-Amz-Signature=/.test(target);
  return {
    ...noRequestFacts,
    method,
    host: value("host")?.toLowerCase() ?? null,
    path,
    query,
    signed: method === null ? null : isSigned,
    headers,
    sessionToken: method === null ? null : value("x-amz-security-token") !== null,
    keyKind: /Credential=(\w{4})/.exec(authorization)?.[1] ?? null,
    signedHeaders: (/SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? "").split(";").filter(Boolean),
  };
}

function fieldOf(line: string): readonly Field[] {
  const colon = line.indexOf(":");
  return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
}
