import { type CanonicalDifference, type CanonicalEquality, canonicalDifference } from "../canonicalDiff.ts";
import { type CanonicalParts, canonicalEcho, canonicalParts } from "../canonicalEcho.ts";
import type { Cause } from "../causes.ts";
import type { Rule, Verdict } from "../rule.ts";
import type { Symptoms } from "../symptoms.ts";

/** The signature is not the one that the service computed. */
export const signatureRules: readonly Rule[] = [mismatch];

function mismatch(symptoms: Symptoms): readonly Verdict[] {
  const { text, hasCode, answer, signing } = symptoms;
  const says = /request signature we calculated does not match/i;
  const isMismatch =
    says.test(text) || (hasCode("SignatureDoesNotMatch", "InvalidSignature") && !isOther(text));
  if (!isMismatch) return [];
  const evidence = ["the service computed another signature"];
  const echo = canonicalEcho(answer);
  const difference = canonicalDifference(signing, echo);
  if (difference !== null) return [differenceVerdict(difference, evidence)];
  const parts = echo.canonicalRequest === null ? null : canonicalParts(echo.canonicalRequest);
  return guesses(symptoms, parts).map(([cause, weight, more]) => ({
    cause,
    weight,
    evidence: more === null ? evidence : [...evidence, more],
  }));
}

function differenceVerdict(
  difference: CanonicalDifference | CanonicalEquality,
  evidence: readonly string[],
): Verdict {
  const { cause, proved } = difference;
  if (difference.part === null) {
    const more = proved
      ? "canonical request and string to sign are the same on both sides"
      : "everything of the canonical request that is shown is the same on both sides";
    return { cause, weight: 100, proved, evidence: [...evidence, more] };
  }
  const { part, name, ours, theirs } = difference;
  const what = part === "header" ? `header ${name}` : partNames[part];
  const detail = `The ${what} was signed as "${ours}", and arrived as "${theirs}".`;
  const alone = proved ? [`nothing but the ${what} differs`] : [`the ${what} differs`];
  return { cause, weight: 99, proved, evidence: [...evidence, ...alone], detail, difference };
}

const partNames: Readonly<Record<CanonicalDifference["part"], string>> = {
  path: "canonical path",
  query: "canonical query",
  header: "header",
  "payload hash": "payload hash",
  date: "date",
  scope: "credential scope",
};

/** The same code is given for scopes and clocks, which say so in words of their own. */
function isOther(text: string): boolean {
  return /Signature expired|not yet current|Credential should be scoped|Date in Credential scope/.test(text);
}

type Guess = readonly [cause: Cause, weight: number, evidence: string | null];

/** Without both canonical strings: what of the request is known to go wrong. */
function guesses(symptoms: Symptoms, echo: CanonicalParts | null): readonly Guess[] {
  const { request } = symptoms;
  const found: Guess[] = [...echoGuesses(symptoms, echo), ...requestGuesses(symptoms)];
  if (/^(?:PUT|POST|PATCH)$/.test(request.method ?? "") && /cloudfront/i.test(request.via ?? ""))
    found.push(["sig-payload-hash-missing", 69, "a request with a body came through CloudFront"]);
  found.push(["sig-wrong-secret", 50, null], ...unsaid);
  return found;
}

/** What nothing of the request speaks for or against; the canonical string that was signed would tell. */
const unsaid: readonly Guess[] = [
  ["sig-header-mutated", 32, null],
  ["sig-date-changed", 30, null],
  ["sig-body-changed", 28, null],
  ["sig-host-mismatch", 26, null],
];

function echoGuesses({ request }: Symptoms, echo: CanonicalParts | null): readonly Guess[] {
  if (echo === null) return [];
  const found: Guess[] = [];
  const host = echo.headers.find(([name]) => name === "host")?.[1] ?? "";
  if (request.signedHost !== null && request.signedHost !== host)
    found.push(["sig-host-mismatch", 80, `the host arrived as ${host}`]);
  const signedPath = request.signedPath ?? null;
  if (signedPath !== null && signedPath !== echo.path)
    found.push(["sig-path-encoding", 78, `the path arrived as ${echo.path}`]);
  if (echo.headers.some(([name]) => onTheWay.test(name)))
    found.push(["sig-header-mutated", 68, "a header that proxies set is signed"]);
  return found;
}

/** Headers that what stands between changes or adds. */
const onTheWay = /^(?:x-forwarded-|x-real-ip|forwarded|via|x-amz-cf-id|accept-encoding)/;

/** Characters of a path that clients encode differently than services do. */
const awkward = /[@:=*+!'()&,;$ ]|%[0-9A-Fa-f]{2}/;

function requestGuesses({ request, service }: Symptoms): readonly Guess[] {
  const found: Guess[] = [];
  const names = request.headers.map(([name]) => name.toLowerCase());
  if (new Set(names).size < names.length)
    found.push(["sig-duplicate-header", 67, "a header stands there twice"]);
  if (request.signedContentType !== null && request.signedContentType !== request.sentContentType)
    found.push(["sig-content-type-changed", 80, `the content type was sent as ${request.sentContentType}`]);
  if (request.signedHeaders.includes("content-length"))
    found.push(["sig-content-length", 60, "Content-Length is among the signed headers"]);
  if (request.signedHeaders.some((name) => onTheWay.test(name)))
    found.push(["sig-header-mutated", 66, "a header that proxies set is signed"]);
  if (service !== "s3" && awkward.test(request.path ?? ""))
    found.push(["sig-path-encoding", 64, "the path has characters that are encoded in several ways"]);
  if (/[+*'()!,;:@ ]/.test(request.query ?? ""))
    found.push(["sig-query-encoding", 63, "the query has characters that are encoded in several ways"]);
  return found;
}
