import type { HeaderValues } from "./canonicalHeaders.ts";
import type { Parameter } from "./canonicalQuery.ts";
import { toText } from "./rawRequest.ts";
import type { Refusal } from "./refusals.ts";
import { algorithm, type CredentialScope } from "./signature.ts";
import { readBasicDate, readHttpDate, type SignatureTime } from "./signatureTime.ts";

/** What a request says of its own signature; nothing of it is verified yet. */
export interface Claim extends SignatureTime {
  readonly mode: "header" | "presign";
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** Lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Seconds; null for header signing and for presigned URLs that do not say. */
  readonly expires: number | null;
  readonly sessionToken: string | null;
}

/** The head of a request as far as a claim needs it. */
export interface Head {
  readonly headers: HeaderValues;
  readonly parameters: readonly Parameter[];
}

/** The longest life of a presigned URL, in seconds: seven days. */
export const maximumExpires = 604_800;

/** Reads who claims to have signed, from the Authorization header or from X-Amz-* query parameters. */
export function readClaim(head: Head): Claim | Refusal {
  const authorization = head.headers.get("authorization");
  const presigned = head.parameters.some(
    ([name]) => name === "X-Amz-Algorithm" || name === "X-Amz-Signature",
  );
  if (authorization !== undefined && presigned) return { kind: "twoSignatures" };
  if (authorization !== undefined) return readAuthorization(toText(authorization), head.headers);
  return presigned ? readPresigned(head) : { kind: "missingAuthenticationToken" };
}

/** Tells a refusal from what was asked for. */
export function isRefusal(value: object): value is Refusal {
  return "kind" in value;
}

function readAuthorization(authorization: string, headers: HeaderValues): Claim | Refusal {
  const [scheme = "", ...pairs] = authorization.split(/[\s,]+/).filter((part) => part !== "");
  const parts = new Map<string, string>();
  for (const part of pairs) {
    const equals = part.indexOf("=");
    if (equals < 0) return { kind: "missingEqualSign", part, authorization };
    parts.set(part.slice(0, equals), part.slice(equals + 1));
  }
  const sent = headers.get("x-amz-date") ?? headers.get("date");
  const missing = (["Credential", "Signature", "SignedHeaders"] as const).filter((name) => !parts.has(name));
  if (missing.length > 0 || sent === undefined) {
    const parted = sent === undefined ? [...missing, "Date" as const] : missing;
    return { kind: "missingAuthorizationParts", missing: parted, authorization };
  }
  if (scheme !== algorithm) return { kind: "unsupportedAlgorithm", algorithm: scheme };
  const time = headers.has("x-amz-date") ? readBasicDate(sent) : readHttpDate(sent);
  if (time === null) return { kind: "malformedDate", date: toText(sent) };
  const token = headers.get("x-amz-security-token");
  return claim(
    {
      ...time,
      mode: "header",
      signedHeaders: namesOf(parts.get("SignedHeaders") ?? ""),
      signature: parts.get("Signature") ?? "",
      expires: null,
      sessionToken: token ?? null,
    },
    parts.get("Credential") ?? "",
  );
}

const queryParts = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
  "X-Amz-Date",
] as const;

function readPresigned({ parameters }: Head): Claim | Refusal {
  const part = (name: string) => onlyValue(parameters, name);
  const missing = queryParts.filter((name) => part(name) === null);
  if (missing.length > 0) return { kind: "missingQueryParts", missing };
  const named = part("X-Amz-Algorithm") ?? "";
  if (named !== algorithm) return { kind: "unsupportedAlgorithm", algorithm: named };
  const sent = part("X-Amz-Date") ?? "";
  const time = readBasicDate(sent);
  if (time === null) return { kind: "malformedDate", date: sent };
  const expires = readExpires(parameters);
  if (typeof expires === "object" && expires !== null) return expires;
  return claim(
    {
      ...time,
      mode: "presign",
      signedHeaders: namesOf(part("X-Amz-SignedHeaders") ?? ""),
      signature: part("X-Amz-Signature") ?? "",
      expires,
      sessionToken: part("X-Amz-Security-Token"),
    },
    part("X-Amz-Credential") ?? "",
  );
}

// A parameter given twice would be signed as one thing and read as another: it counts as not given.
function onlyValue(parameters: readonly Parameter[], name: string): string | null {
  const [first, second] = parameters.filter((parameter) => parameter[0] === name);
  return first === undefined || second !== undefined || first[1] === "" ? null : toText(first[1]);
}

function readExpires(parameters: readonly Parameter[]): number | null | Refusal {
  const given = parameters.filter(([name]) => name === "X-Amz-Expires").map(([, value]) => value);
  if (given.length === 0) return null;
  const text = given.join(",");
  const expires = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return expires >= 1 && expires <= maximumExpires
    ? expires
    : { kind: "malformedExpires", expires: toText(text) };
}

function claim(parts: Omit<Claim, "accessKeyId" | "scope">, credential: string): Claim | Refusal {
  const elements = credential.split("/");
  const [accessKeyId = "", date = "", region = "", service = "", terminator = ""] = elements;
  if (elements.length !== 5) return { kind: "malformedCredential", credential };
  return { ...parts, accessKeyId, scope: { date, region, service, terminator } };
}

function namesOf(list: string): readonly string[] {
  const names = list.split(";").filter((name) => name !== "");
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}
