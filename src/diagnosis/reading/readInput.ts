import type { Field } from "../../stages.ts";
import { clearedHeaders } from "./capturedRequest.ts";
import { type DiagnosisInput, noRequestFacts, type RequestFacts } from "./diagnosisInput.ts";

type Members = ReadonlyMap<string, unknown>;

/**
 * Reads one refused request from JSON that somebody made; what is not understood counts as not given. Null for a value
 * that has neither a status nor a body.
 */
export function readDiagnosisInput(value: unknown): DiagnosisInput | null {
  const members = membersOf(value);
  const [status, body] = [members.get("status"), members.get("body")];
  if (status === undefined && body === undefined) return null;
  const signing = membersOf(members.get("signing"));
  return {
    status: typeof status === "number" ? status : null,
    headers: clearedHeaders(fieldsOf(members.get("headers"))),
    body: typeof body === "string" ? body : bodyText(body),
    service: textOf(members, "service"),
    request: requestFacts(membersOf(members.get("request"))),
    account: textOf(members, "account"),
    verification: null,
    clockOffset: offsetOf(membersOf(members.get("clock"))),
    signing: {
      canonicalRequest: textOf(signing, "canonicalRequest"),
      stringToSign: textOf(signing, "stringToSign"),
    },
  };
}

/** `{ "offsetSeconds": 0.4 }`: how far the server's clock is ahead. */
function offsetOf(clock: Members): number | null {
  const seconds = clock.get("offsetSeconds");
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : null;
}

function bodyText(body: unknown): string {
  return body === undefined || body === null ? "" : JSON.stringify(body);
}

function requestFacts(members: Members): RequestFacts {
  const text = (name: string) => textOf(members, name);
  const url = urlParts(text("url") ?? "");
  const authorization = text("authorization");
  const given = text("path");
  return {
    ...noRequestFacts,
    method: text("method"),
    host: (text("host") ?? url.host)?.toLowerCase() ?? null,
    path: given === null ? url.path : (given.split("?")[0] ?? ""),
    query: text("query")?.replace(/^\?/, "") ?? url.query ?? given?.split("?")[1] ?? null,
    pathHasQuery: given?.includes("?") === true,
    signed: booleanOf(members, "signed"),
    headers: clearedHeaders([
      ...fieldsOf(members.get("headers")),
      ...(text("upgrade") === null ? [] : [["Upgrade", text("upgrade") ?? ""] as const]),
      ...(authorization ? [["Authorization", authorization] as const] : []),
    ]),
    region: text("region") ?? text("scopeRegion"),
    keyKind: keyKindOf(members),
    credentials: text("credentials"),
    sessionToken: booleanOf(members, "sessionToken"),
    signedHeaders: signedHeadersOf(text("signedHeaders"), members),
    bodyBytes: bytesOf(members),
    signedHost: text("signedHost"),
    signedPath: text("signedPath"),
    signedContentType: text("signedContentType"),
    sentContentType: text("sentContentType"),
    changed: changedParts(members),
    via: text("via"),
    apiType: text("apiType"),
    authType: text("authType"),
  };
}

/**
 * `signedPath` beside `sentPath`, `signed query` beside `sent query`, `sent x-forwarded-for` alone: parts of which somebody
 * says that they were signed as one thing and sent as another.
 */
function changedParts(members: Members): readonly string[] {
  const part = (name: string, side: RegExp) =>
    side
      .exec(name)?.[1]
      ?.toLowerCase()
      .replace(/^[ _-]/, "") ?? null;
  const texts = [...members].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const sides = (side: RegExp) =>
    new Map(
      texts.flatMap(([name, value]) => (part(name, side) === null ? [] : [[part(name, side) ?? "", value]])),
    );
  const signed = sides(/^signed([ _-]?(?!headers)\w[\w -]{2,40})$/i);
  const sent = sides(/^(?:sent|wire|received)([ _-]?(?!headers)\w[\w -]{2,40})$/i);
  const both = [...signed].filter(([name, value]) => sent.has(name) && sent.get(name) !== value);
  const headersAlone = [...sent.keys()].filter((name) => name.includes("-") && !signed.has(name));
  const lost = /^no ([\w-]+)/.exec(textOf(members, "sentHeaders") ?? "")?.[1];
  return [...both.map(([name]) => name), ...headersAlone, ...(lost === undefined ? [] : [lost])];
}

/** As they are given, else as the Authorization header says. */
function signedHeadersOf(given: string | null, members: Members): readonly string[] {
  const authorization =
    textOf(members, "authorization") ??
    fieldsOf(members.get("headers")).find(([name]) => name.toLowerCase() === "authorization")?.[1] ??
    "";
  const names = given ?? /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? "";
  return names.toLowerCase().split(";").filter(Boolean);
}

/** The first letters of the key id; temporary credentials have one of theirs. */
function keyKindOf(members: Members): string | null {
  const given = textOf(members, "accessKeyPrefix") ?? textOf(members, "accessKeyId");
  if (given !== null) return given.slice(0, 4);
  return /\btemporary\b/i.test(textOf(members, "credentials") ?? "") ? "ASIA" : null;
}

/** The parts of a URL as they are written: nothing is decoded or normalised. */
function urlParts(url: string) {
  const [, host, path, query] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  return { host: host ?? null, path: path ?? null, query: query ?? null };
}

function bytesOf(members: Members): number | null {
  const given = members.get("bodyBytes");
  if (typeof given === "number") return given;
  const written = typeof given === "string" ? Number(/\d+/.exec(given)?.[0] ?? Number.NaN) + 1 : Number.NaN;
  if (!Number.isNaN(written)) return written;
  const body = members.get("body");
  return typeof body === "string" ? Buffer.byteLength(body) : null;
}

/** Headers as an object, as pairs, or as names in a text. */
function fieldsOf(value: unknown): readonly Field[] {
  if (typeof value === "string")
    return (value.match(/[A-Za-z][\w-]*/g) ?? []).map((name) => [name, ""] as const);
  if (Array.isArray(value)) {
    return value.flatMap((pair: unknown) =>
      Array.isArray(pair) && typeof pair[0] === "string" ? [[pair[0], String(pair[1] ?? "")] as const] : [],
    );
  }
  return [...membersOf(value)].map(([name, found]) => [name, String(found)] as const);
}

function membersOf(value: unknown): Members {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function textOf(members: Members, name: string): string | null {
  const value = members.get(name);
  return typeof value === "string" ? value : null;
}

function booleanOf(members: Members, name: string): boolean | null {
  const value = members.get(name);
  return typeof value === "boolean" ? value : null;
}
