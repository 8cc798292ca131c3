import { createHash, createHmac } from "node:crypto";
import type { CapturedRequest } from "../stages.ts";
import { canonicalPath } from "./canonicalPath.ts";
import { canonicalQuery } from "./canonicalQuery.ts";
import { emptyPayloadHash, unsignedPayload } from "./payloadHash.ts";
import { serviceDefaults } from "./serviceDefaults.ts";

/** What a captured request says of its signature, in its Authorization header or in its query. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `20150830/us-east-1/execute-api/aws4_request`. */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20150830T123600Z`. */
  readonly date: string;
  readonly mode: "header" | "presign";
}

/** Both strings of one way of signing. */
export interface SignedStrings {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/** How a captured request was signed. */
export interface Reenactment {
  /** What a service computes of what was sent. */
  readonly expected: SignedStrings;
  /** What was signed; null when no way of signing that is known gives the signature with this secret. */
  readonly signed: SignedStrings | null;
  readonly isRight: boolean;
}

/** Reads the signature of a captured request; null for one that has none, or not all of it. */
export function signatureClaim({ headers, query }: CapturedRequest): SignatureClaim | null {
  const value = (name: string) => headers.find(([found]) => found.toLowerCase() === name)?.[1] ?? "";
  const parameters = new URLSearchParams(query ?? "");
  const isPresigned = parameters.has("X-Amz-Signature");
  const authorization = value("authorization");
  const part = (name: string) =>
    isPresigned
      ? (parameters.get(`X-Amz-${name}`) ?? "")
      : (new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? "");
  const [accessKeyId = "", ...scope] = part("Credential").split("/");
  const date = isPresigned ? (parameters.get("X-Amz-Date") ?? "") : value("x-amz-date");
  const [signature, signedHeaders] = [part("Signature"), part("SignedHeaders").toLowerCase().split(";")];
  if (scope.length !== 4 || !/^[0-9a-f]{64}$/.test(signature) || !/^\d{8}T\d{6}Z$/.test(date)) return null;
  const mode = isPresigned ? "presign" : "header";
  return { accessKeyId, scope: scope.join("/"), signedHeaders, signature, date, mode };
}

/**
 * Signs a captured request again in each way that clients do, the right one first, until one gives its signature.
 * Pure; some ten thousand ways at most, a tenth of a second.
 */
export function reenact(
  captured: CapturedRequest,
  claim: SignatureClaim,
  secretAccessKey: string,
): Reenactment {
  const key = signingKey(secretAccessKey, claim.scope);
  const ways = waysOf(captured, claim);
  const [right, ...others] = ways.map((way) => stringsOf(way, captured, claim));
  const expected = right ?? { canonicalRequest: "", stringToSign: "" };
  const gives = ({ stringToSign }: SignedStrings) =>
    createHmac("sha256", key).update(stringToSign).digest("hex") === claim.signature;
  if (gives(expected)) return { expected, signed: expected, isRight: true };
  return { expected, signed: others.find(gives) ?? null, isRight: false };
}

/** What may differ between one way of signing and another. */
interface Way {
  readonly path: string;
  readonly query: string;
  readonly host: string;
  readonly contentType: string;
  readonly payloadHash: string;
}

type Choices = { readonly [part in keyof Way]: readonly string[] };

/** Every way, those that differ from the right one in the fewest parts first. */
function waysOf(captured: CapturedRequest, claim: SignatureClaim): readonly Way[] {
  const choices = choicesOf(captured, claim);
  const parts = ["path", "query", "host", "contentType", "payloadHash"] as const;
  let ways: readonly { readonly way: Partial<Way>; readonly odd: number }[] = [{ way: {}, odd: 0 }];
  for (const part of parts)
    ways = ways.flatMap(({ way, odd }) =>
      choices[part].map((value, at) => ({ way: { ...way, [part]: value }, odd: odd + (at === 0 ? 0 : 1) })),
    );
  return ways
    .filter(({ odd }) => odd <= 3)
    .sort((a, b) => a.odd - b.odd)
    .map(({ way }) => way as Way);
}

/** The right value of each part, then the others that occur. */
function choicesOf(captured: CapturedRequest, claim: SignatureClaim): Choices {
  return {
    path: pathChoices(captured, claim),
    query: queryChoices(captured.query ?? ""),
    host: unique([
      captured.host,
      captured.host.replace(/:\d+$/, ""),
      `${captured.host}:443`,
      `${captured.host}:80`,
    ]),
    contentType: typeChoices(valueIn(captured, "content-type")),
    payloadHash: hashChoices(captured, claim),
  };
}

function pathChoices({ path, query }: CapturedRequest, { scope }: SignatureClaim): readonly string[] {
  const { normalizePath, doubleEncode } = serviceDefaults(scope.split("/")[2] ?? "");
  const rules = [true, false].flatMap((normalized) =>
    [true, false].map((doubled) => ({ normalizePath: normalized, doubleEncode: doubled })),
  );
  const encoded = rules.map((rule) => canonicalPath(path, rule));
  return unique([
    canonicalPath(path, { normalizePath, doubleEncode }),
    ...encoded,
    path,
    ...encoded.flatMap(otherEncoders),
    ...(query === null ? [] : [`${path}%3F${encodeURIComponent(query)}`]),
  ]);
}

function queryChoices(query: string): readonly string[] {
  const plain = query.split("&").filter((part) => !part.startsWith("X-Amz-Signature="));
  const sent = plain.join("&");
  const withPlus = canonicalQuery(sent.replaceAll("+", "%2B"));
  const decoded = decodedOnce(sent);
  const right = canonicalQuery(sent);
  return unique([right, plain.toSorted().join("&"), sent, withPlus, decoded, ...otherEncoders(right), ""]);
}

/** As the encoders of some languages write it: a tilde encoded, `!'()*` not. */
function otherEncoders(encoded: string): readonly string[] {
  return [
    encoded.replaceAll("~", "%7E"),
    encoded.replaceAll("~", "%257E"),
    encoded.replace(/%(?:25)?(2[1789A])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ];
}

/** As written when it is no UTF-8. */
function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function typeChoices(type: string): readonly string[] {
  const bare = (type.split(";", 1)[0] ?? "").trim();
  return unique([type, bare, `${type}; charset=utf-8`, `${type};charset=UTF-8`, type.toLowerCase()]);
}

function hashChoices(captured: CapturedRequest, claim: SignatureClaim): readonly string[] {
  const { body } = captured;
  const claimed = valueIn(captured, "x-amz-content-sha256");
  return unique([
    rightHash(captured, claim),
    ...(claimed === "" ? [] : [claimed]),
    body === null ? emptyPayloadHash : sha256(body),
    emptyPayloadHash,
    unsignedPayload,
    sha256(`${body ?? ""}\n`),
  ]);
}

function valueIn({ headers }: CapturedRequest, name: string): string {
  return headers.find(([found]) => found.toLowerCase() === name)?.[1] ?? "";
}

/** The hash that a service signs: of the body that arrived, but where it takes the client's word for it. */
function rightHash(captured: CapturedRequest, { scope, mode }: SignatureClaim): string {
  const { body } = captured;
  const { unsignedPayloadAllowed, presignPayload } = serviceDefaults(scope.split("/")[2] ?? "");
  const claimed = valueIn(captured, "x-amz-content-sha256");
  if (mode === "presign" && presignPayload === "unsigned") return unsignedPayload;
  if (claimed !== "" && (unsignedPayloadAllowed || body === null)) return claimed;
  return body === null || body === "" ? emptyPayloadHash : sha256(body);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function stringsOf(
  { path, query, host, contentType, payloadHash }: Way,
  { method, headers }: CapturedRequest,
  { signedHeaders, date, scope }: SignatureClaim,
): SignedStrings {
  const headerValue = (name: string): string => {
    if (name === "host") return host;
    if (name === "content-type") return contentType;
    return headers
      .filter(([found]) => found.toLowerCase() === name)
      .map(([, value]) => value.trim().replace(/ +/g, " "))
      .join(",");
  };
  const lines = signedHeaders.map((name) => `${name}:${headerValue(name)}`);
  const canonicalRequest = [method, path, query, ...lines, "", signedHeaders.join(";"), payloadHash].join(
    "\n",
  );
  return {
    canonicalRequest,
    stringToSign: ["AWS4-HMAC-SHA256", date, scope, sha256(canonicalRequest)].join("\n"),
  };
}

function signingKey(secretAccessKey: string, scope: string): Buffer {
  return scope
    .split("/")
    .reduce(
      (key, part) => createHmac("sha256", key).update(part).digest(),
      Buffer.from(`AWS4${secretAccessKey}`),
    );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
