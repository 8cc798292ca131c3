import type { CanonicalParts } from "../canonical/canonicalEcho.ts";
import type { Cause } from "../causes/causes.ts";
import type { Symptoms } from "../reading/symptoms.ts";

/** A sub-cause of a mismatch that something speaks for, though what was signed is not known. */
export type Guess = readonly [cause: Cause, weight: number, evidence: string | null];

/** What nothing of the request speaks for or against; the canonical string that was signed would tell. */
export function unsaidGuesses({ request }: Symptoms): readonly Guess[] {
  const writes = request.method === null || writing.test(request.method);
  // CloudFront adds headers of its own, and what it forwards to knows its own host.
  const proxied = /cloudfront/i.test(request.via ?? "") ? 55 : 53;
  const isProxied = /proxy|nginx|gateway|load balancer|\bcdn\b|cloudfront(?!-keyvalue)/i.test(
    request.via ?? "",
  );
  return [
    ["sig-wrong-secret", 50, null],
    ["sig-header-mutated", isProxied ? proxied : 32, isProxied ? "something stands between" : null],
    ["sig-host-mismatch", isProxied ? 54 : 26, isProxied ? "something stands between" : null],
    ["sig-query-encoding", request.method === null || !writes ? 31 : 27, null],
    ["sig-body-changed", bodyWeight(request.method), null],
    ["sig-date-changed", 30, null],
  ];
}

/** A body that was changed is what a request with one has more of than others. */
function bodyWeight(method: string | null): number {
  if (method === null) return 30.5;
  return writing.test(method) ? 33 : 26;
}

const writing = /^(?:PUT|POST|PATCH)$/;

/** Headers that what stands between changes or adds. */
const onTheWay =
  /^(?:x-forwarded-|x-real-ip|forwarded|via|x-amz-cf-id|accept-encoding|connection|keep-alive|transfer-encoding|te$|x-amzn-trace-id|traceparent|range$|x-b3-|x-request-id|expect)/;

/** Those of them that every proxy sets. */
const ofProxies = /^(?:x-forwarded-|x-real-ip|forwarded|via$|x-amz-cf-id)/;

/** Headers that a client raises from one attempt to the next. */
const ofAttempts = /(?:^|-)(?:retry|attempt)/;

const emptyHash = /^e3b0c44298fc1c14/;

/** What the service's own canonical string tells by itself: it is what arrived. */
export function echoGuesses(symptoms: Symptoms, echo: CanonicalParts | null): readonly Guess[] {
  if (echo === null) return [];
  return [
    ...hostGuesses(symptoms, echo),
    ...pathGuesses(symptoms, echo),
    ...headerGuesses(echo),
    ...hashGuesses(symptoms, echo),
  ];
}

function hostGuesses({ request }: Symptoms, echo: CanonicalParts): readonly Guess[] {
  const host = echo.headers.find(([name]) => name === "host")?.[1] ?? "";
  const isKnown = (other: string | null) =>
    other !== null && other !== "" && !/[<>*\u2026]/.test(other + host);
  const differs = (other: string | null) => isKnown(other) && host !== "" && other !== host;
  if (differs(request.signedHost)) return [["sig-host-mismatch", 82, `the host arrived as ${host}`]];
  return differs(request.host) ? [["sig-host-mismatch", 66, `the host arrived as ${host}`]] : [];
}

function pathGuesses({ request, service }: Symptoms, echo: CanonicalParts): readonly Guess[] {
  const { signedPath } = request;
  if (signedPath !== null && signedPath !== echo.path)
    return [["sig-path-encoding", 80, `the path arrived as ${echo.path}`]];
  // Clients that encode the path once only are many; a service shows by %25 that it encodes it once more.
  if (service !== "s3" && /%25/.test(echo.path))
    return [["sig-path-encoding", 66, `the service signs the path as ${echo.path}`]];
  return [];
}

function headerGuesses(echo: CanonicalParts): readonly Guess[] {
  const found: Guess[] = [];
  const value = (name: string) => echo.headers.find(([header]) => header === name)?.[1];
  const names = echo.signedHeaders.split(";").filter(Boolean);
  if (new Set(names).size < names.length)
    found.push(["sig-duplicate-header", 80, "SignedHeaders names a header twice"]);
  if (value("content-length") === "")
    found.push(["sig-content-length", 80, "no Content-Length arrived, and it is among the signed headers"]);
  const attempt = echo.headers.find(([name]) => ofAttempts.test(name))?.[0];
  if (attempt !== undefined)
    found.push(["sig-header-mutated", 69, `${attempt} is signed, and changes from one attempt to the next`]);
  const lost = echo.headers.find(([name, text]) => text === "" && name !== "content-length")?.[0];
  if (lost !== undefined) {
    found.push(["sig-header-mutated", 69, `${lost} arrived empty`]);
    found.push(["signed-header-not-sent", 66, `${lost} is signed, and nothing arrived of it`]);
  }
  const passing =
    echo.headers.find(([name]) => ofProxies.test(name)) ?? echo.headers.find(([name]) => onTheWay.test(name));
  if (passing !== undefined) {
    const weight = ofProxies.test(passing[0]) ? 68 : 60;
    found.push(["sig-header-mutated", weight, `${passing[0]} is signed, and proxies and clients change it`]);
  }
  const joined = echo.headers.find(([, text]) => isTwice(text))?.[0];
  if (joined !== undefined) found.push(["sig-duplicate-header", 69, `${joined} arrived twice`]);
  return found;
}

function isTwice(text: string): boolean {
  const parts = text.split(",").map((part) => part.trim());
  return parts.length === 2 && parts[0] !== "" && parts[0] === parts[1];
}

function hashGuesses({ request }: Symptoms, echo: CanonicalParts): readonly Guess[] {
  const claimed = echo.headers.find(([name]) => name === "x-amz-content-sha256")?.[1] ?? "";
  const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text);
  if (isHash(claimed) && isHash(echo.payloadHash) && claimed !== echo.payloadHash)
    return [["sig-body-changed", 82, "the hash that was sent is not that of the body that arrived"]];
  const hasBody = (request.bodyBytes ?? 0) > 0;
  return hasBody && emptyHash.test(echo.payloadHash)
    ? [["sig-body-changed", 68, "the body arrived empty"]]
    : [];
}

/** Characters of a path that clients encode differently than services do. */
const awkwardPath = /[@:=*+!'()&,;$ ]|%[0-9A-Fa-f]{2}/;
/** The same of a query. */
const awkwardQuery = /[+*'()!,;:@ [\]]|%(?:20|2[bBcCfF]|3[aA]|5[bBdD])|(?:^|&)[^=&]+(?:&|$)/;

/** What of the request is known to go wrong. */
export function requestGuesses(symptoms: Symptoms): readonly Guess[] {
  return [
    ...tokenGuesses(symptoms),
    ...changedGuesses(symptoms),
    ...typedGuesses(symptoms),
    ...targetGuesses(symptoms),
    ...contentGuesses(symptoms),
  ];
}

/** IoT's WebSocket takes the session token beside the signature, not under it. */
function tokenGuesses({ request, service }: Symptoms): readonly Guess[] {
  const isMqtt = /^iot/.test(service ?? "") && /^\/mqtt\b/.test(request.path ?? "");
  const hasToken = request.sessionToken === true || /X-Amz-Security-Token=/.test(request.query ?? "");
  return isMqtt && (hasToken || request.keyKind === "ASIA")
    ? [["iot-token-signed", 69, "the request opens MQTT over WebSocket with temporary credentials"]]
    : [];
}

/** The cause for a part that was changed after it was signed. */
const changedCauses: readonly (readonly [part: RegExp, cause: Cause])[] = [
  [/^(?:path|uri)/, "sig-path-encoding"],
  [/^query/, "sig-query-encoding"],
  [/^host/, "sig-host-mismatch"],
  [/^content-?_?type/, "sig-content-type-changed"],
  [/^content-?_?length/, "sig-content-length"],
  [/^(?:x-amz-)?date|^amz-?date/, "sig-date-changed"],
  [/^(?:body|payload|hash|x-amz-content)/, "sig-body-changed"],
];

function changedGuesses({ request }: Symptoms): readonly Guess[] {
  return request.changed.map((part) => {
    const cause = changedCauses.find(([pattern]) => pattern.test(part))?.[1] ?? "sig-header-mutated";
    return [cause, 76, `${part} was signed as one thing and sent as another`] as const;
  });
}

function typedGuesses({ request }: Symptoms): readonly Guess[] {
  const found: Guess[] = [];
  const names = request.headers.map(([name]) => name.toLowerCase());
  if (new Set(names).size < names.length)
    found.push(["sig-duplicate-header", 67, "a header stands there twice"]);
  if (new Set(request.signedHeaders).size < request.signedHeaders.length)
    found.push(["sig-duplicate-header", 82, "SignedHeaders names a header twice"]);
  if (request.signedHeaders.includes("content-length"))
    found.push(["sig-content-length", 60, "Content-Length is among the signed headers"]);
  const typed = names.find((name) => onTheWay.test(name));
  if (request.signedHeaders.length === 0 && typed !== undefined)
    found.push(["sig-header-mutated", 52, `${typed} is sent, and may be changed on the way`]);
  if (request.signedHeaders.some((name) => onTheWay.test(name)))
    found.push(["sig-header-mutated", 66, "a header that proxies set is signed"]);
  const date = request.headers.find(([name]) => /^(?:x-amz-)?date$/i.test(name))?.[1] ?? "";
  if (date !== "" && !/^\d{8}T\d{6}Z$/.test(date) && !/GMT$/.test(date) && !/[<\u2026]/.test(date))
    found.push(["sig-date-changed", 69, `the date is not written as YYYYMMDDTHHMMSSZ`]);
  return found;
}

function targetGuesses({ request, service }: Symptoms): readonly Guess[] {
  const found: Guess[] = [];
  if (service !== "s3" && awkwardPath.test(request.path ?? ""))
    found.push(["sig-path-encoding", 64, "the path has characters that are encoded in several ways"]);
  if (awkwardQuery.test(request.query ?? "")) {
    const weight = /[+]/.test(request.query ?? "") ? 67 : 63;
    found.push(["sig-query-encoding", weight, "the query has characters that are encoded in several ways"]);
  }
  if (request.signedPath !== null && request.signedPath !== request.path)
    found.push(["sig-path-encoding", 66, `the path was signed as ${request.signedPath}`]);
  if (request.signedHost !== null && request.signedHost !== request.host)
    found.push(["sig-host-mismatch", 66, `the host was signed as ${request.signedHost}`]);
  if (/[?]/.test(request.signedPath ?? ""))
    found.push(["sig-query-in-path", 75, "the path was signed with the query in it"]);
  else if (request.pathHasQuery)
    found.push(["sig-query-in-path", 48, "the path was given with the query in it"]);
  return found;
}

function contentGuesses({ request, service }: Symptoms): readonly Guess[] {
  const found: Guess[] = [];
  const writes = writing.test(request.method ?? "");
  if (request.signedContentType !== null && request.signedContentType !== request.sentContentType)
    found.push(["sig-content-type-changed", 80, `the content type was sent as ${request.sentContentType}`]);
  const isPresigned = /(?:X-Amz-Signature|[?&]?Signature)=/.test(request.query ?? "");
  const isTyped = request.headers.some(([name]) => name.toLowerCase() === "content-type");
  if (writes && isTyped && isPresigned)
    found.push([
      "sig-content-type-changed",
      66,
      "a presigned URL holds for the content type that was signed",
    ]);
  else if (writes && isTyped && service === "s3")
    found.push(["sig-content-type-changed", 45, "the content type is among what is signed"]);
  if (writes && /cloudfront(?!-keyvalue)/i.test(request.via ?? ""))
    found.push(["sig-payload-hash-missing", 69, "a request with a body came through CloudFront"]);
  return found;
}
