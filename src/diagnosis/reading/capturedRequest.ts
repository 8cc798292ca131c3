import type { CapturedRequest, Field } from "../../stages.ts";
import { noRequestFacts, type RequestFacts } from "./diagnosisInput.ts";

/** Headers of which no value is kept. */
const secretHeaders: ReadonlySet<string> = new Set([
  "cookie",
  "set-cookie",
  "x-api-key",
  "api-key",
  "x-auth-token",
  "proxy-authorization",
]);

/** Headers without what must not be kept: cookies, keys, tokens; of an Authorization the scheme, and SigV4's parts. */
export function clearedHeaders(headers: readonly Field[]): readonly Field[] {
  return headers.map(([name, value]) => [name, clearedValue(name.toLowerCase(), value)] as const);
}

function clearedValue(name: string, value: string): string {
  if (secretHeaders.has(name)) return value === "" ? "" : "‹secret›";
  if (name === "x-amz-security-token") return isNoToken(value) ? value : "‹secret›";
  if (name !== "authorization") return value;
  if (value.startsWith("AWS4-")) return value.replace(/(Signature=)[0-9A-Za-z]+/, "$1‹signature›");
  if (value === "") return "";
  const scheme = /^[A-Za-z][\w-]{0,30}(?=\s)/.exec(value)?.[0];
  return scheme === undefined ? "‹secret›" : `${scheme} ‹secret›`;
}

/** What a program writes when it has none. */
function isNoToken(value: string): boolean {
  return /^(?:|undefined|null|none|nil|false)$/i.test(value.trim());
}

/** What is known of a request that was captured whole, cleared. */
export function factsOfCapture(captured: CapturedRequest): RequestFacts {
  const { method, host, path, query, headers, body } = captured;
  const value = (name: string) => headers.find(([found]) => found.toLowerCase() === name)?.[1] ?? null;
  const authorization = value("authorization") ?? "";
  const isSigned = authorization.startsWith("AWS4-") || /X-Amz-Signature=/.test(query ?? "");
  const credential = /Credential=([\w+]{4})[^/,\s]{0,200}\/\d{8}\/([a-z0-9-]+)\//.exec(authorization);
  return {
    ...noRequestFacts,
    method,
    host,
    path,
    query,
    signed: isSigned,
    headers: clearedHeaders(headers),
    region: credential?.[2] ?? null,
    sessionToken: value("x-amz-security-token") !== null || /X-Amz-Security-Token=/.test(query ?? ""),
    keyKind: credential?.[1] ?? null,
    signedHeaders: (/SignedHeaders=([^,\s]+)/.exec(authorization)?.[1] ?? "").split(";").filter(Boolean),
    bodyBytes: body === null ? null : Buffer.byteLength(body),
  };
}
