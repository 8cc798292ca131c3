import { type HeaderValues, headerValues } from "./canonicalHeaders.ts";
import type { PathRules } from "./canonicalPath.ts";
import { type Parameter, readQuery, splitTarget } from "./canonicalQuery.ts";
import { canonicalRequest } from "./canonicalRequest.ts";
import { type Claim, isRefusal, readClaim } from "./claim.ts";
import { type RawRequest, toText } from "./rawRequest.ts";
import type { Refusal } from "./refusals.ts";
import { type ServiceRules, serviceRules } from "./serviceRules.ts";
import {
  sameText,
  scopeText,
  sha256,
  signature,
  stringToSign,
  terminator,
  unsignedPayload,
} from "./signature.ts";

/** A key pair that the verifier accepts. */
export interface KnownCredentials {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** From when on the session token is refused as expired. */
  readonly expiration?: Date;
}

/** What is accepted; what is left out follows the service. */
export interface VerifyOptions extends Partial<PathRules> {
  readonly credentials: (accessKeyId: string) => KnownCredentials | null;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
  /** How far the clocks may differ; five minutes as API Gateway has it. */
  readonly clockWindowMs?: number;
  /** The session token stands beside the signature, not under it. */
  readonly tokenAfterSigning?: boolean;
}

/** Who signed, and what exactly. */
export interface AcceptedSignature {
  readonly ok: true;
  readonly mode: "header" | "presign";
  readonly accessKeyId: string;
  readonly credentialScope: string;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  /** As text; its bytes were hashed. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

/** Whether the signature of a request holds. */
export type Verdict = AcceptedSignature | { readonly ok: false; readonly refusal: Refusal };

/** Everything the checks look at, read once. */
interface Case {
  readonly request: RawRequest;
  readonly headers: HeaderValues;
  readonly parameters: readonly Parameter[];
  readonly claim: Claim;
  readonly options: VerifyOptions;
  readonly rules: ServiceRules;
  readonly bodyHash: string;
}

type Check = (trial: Case) => Refusal | null;

const beforeTheSignature: readonly Check[] = [
  signsHost,
  sendsWhatItSigns,
  namesThisScope,
  isInTime,
  bearsKnownToken,
  signsDemandedHeaders,
  tellsTheBodysHash,
];

/**
 * Verifies a request's signature by the SigV4 specification from the bytes received: in the Authorization header or
 * in the query. Never throws; costs well under a millisecond for a small request.
 */
export function verifySignature(request: RawRequest, options: VerifyOptions): Verdict {
  const headers = headerValues(request.headers);
  const parameters = readQuery(splitTarget(request.target).query);
  const claim = readClaim({ headers, parameters });
  if (isRefusal(claim)) return { ok: false, refusal: claim };
  const rules = { ...serviceRules(options.service), ...given(options) };
  const trial = { request, headers, parameters, claim, options, rules, bodyHash: sha256(request.body) };
  for (const check of beforeTheSignature) {
    const refusal = check(trial);
    if (refusal !== null) return { ok: false, refusal };
  }
  return judge(trial);
}

function given({ normalizePath, doubleEncode, tokenAfterSigning }: VerifyOptions): Partial<ServiceRules> {
  return {
    ...(normalizePath === undefined ? {} : { normalizePath }),
    ...(doubleEncode === undefined ? {} : { doubleEncode }),
    ...(tokenAfterSigning === undefined ? {} : { tokenAfterSigning }),
  };
}

function signsHost({ claim }: Case): Refusal | null {
  return claim.signedHeaders.includes("host") ? null : { kind: "hostNotSigned" };
}

function sendsWhatItSigns({ claim, headers }: Case): Refusal | null {
  const names = claim.signedHeaders.filter((name) => !headers.has(name));
  return names.length === 0 ? null : { kind: "signedHeaderNotSent", names };
}

function namesThisScope({ claim, options }: Case): Refusal | null {
  const { scope, date } = claim;
  const wrong = {
    ...(scope.region === options.region ? {} : { region: scope.region }),
    ...(scope.service === options.service ? {} : { service: options.service }),
    ...(scope.terminator === terminator ? {} : { terminator: scope.terminator }),
    ...(scope.date === date.slice(0, 8) ? {} : { date: { scope: scope.date, sent: date } }),
  };
  return Object.keys(wrong).length === 0 ? null : { kind: "wrongScope", ...wrong };
}

function isInTime({ claim, options }: Case): Refusal | null {
  const now = options.now.getTime();
  const clockWindowMs = options.clockWindowMs ?? 300_000;
  const lifeMs = claim.expires === null ? clockWindowMs : claim.expires * 1000;
  // The date has whole seconds, so a bound is crossed only when a whole second lies behind it.
  const age = Math.floor(now / 1000) * 1000 - claim.time;
  if (age > lifeMs) return { kind: "signatureExpired", date: claim.date, now, windowMs: lifeMs };
  if (-age > clockWindowMs) {
    return { kind: "signatureNotYetCurrent", date: claim.date, now, windowMs: clockWindowMs };
  }
  return null;
}

function bearsKnownToken({ claim, options }: Case): Refusal | null {
  const known = options.credentials(claim.accessKeyId);
  if (known === null) return { kind: "securityTokenInvalid", reason: "unknown key" };
  if (known.sessionToken === undefined) {
    return claim.sessionToken === null
      ? null
      : { kind: "securityTokenInvalid", reason: "token not expected" };
  }
  if (claim.sessionToken === null) return { kind: "securityTokenInvalid", reason: "token missing" };
  if (!sameText(claim.sessionToken, known.sessionToken)) {
    return { kind: "securityTokenInvalid", reason: "token unknown" };
  }
  const expired = known.expiration !== undefined && known.expiration <= options.now;
  return expired ? { kind: "securityTokenExpired" } : null;
}

// S3 refuses any x-amz-* header that is not signed; API Gateway passes them on. The session token is under the
// signature everywhere but where a service takes it beside.
function signsDemandedHeaders({ claim, headers, rules }: Case): Refusal | null {
  const names = [...headers.keys()].filter((name) => {
    if (claim.signedHeaders.includes(name)) return false;
    if (name === "x-amz-security-token") return !rules.tokenAfterSigning;
    return rules.amzHeadersSigned && name.startsWith("x-amz-");
  });
  return names.length === 0 ? null : { kind: "headersNotSigned", names };
}

function tellsTheBodysHash(trial: Case): Refusal | null {
  const { claim, headers, rules, bodyHash } = trial;
  const told = headers.get("x-amz-content-sha256");
  if (told === undefined) {
    const missing = rules.contentSha256Required && claim.mode === "header";
    return missing ? { kind: "contentSha256Missing" } : null;
  }
  if (told === bodyHash || (told === unsignedPayload && rules.unsignedPayloadAllowed)) return null;
  if (rules.amzHeadersSigned) return { kind: "contentSha256Mismatch" };
  return mismatch(canonicalForm(trial));
}

function judge(trial: Case): Verdict {
  const { claim, options } = trial;
  const form = canonicalForm(trial);
  const secret = options.credentials(claim.accessKeyId)?.secretAccessKey ?? "";
  const expected = signature(secret, claim.scope, form.stringToSign);
  if (!sameText(expected, claim.signature)) return { ok: false, refusal: mismatch(form) };
  return {
    ok: true,
    mode: claim.mode,
    accessKeyId: claim.accessKeyId,
    credentialScope: scopeText(claim.scope),
    signedHeaders: claim.signedHeaders,
    ...form,
    signature: expected,
  };
}

function mismatch({ canonicalRequest, stringToSign }: ReturnType<typeof canonicalForm>): Refusal {
  return { kind: "signatureMismatch", canonicalRequest, stringToSign };
}

function canonicalForm(trial: Case) {
  const { request, headers, claim, rules } = trial;
  const payloadHash = signedPayloadHash(trial);
  const bytes = canonicalRequest({
    method: request.method,
    path: splitTarget(request.target).path,
    pathRules: rules,
    parameters: signedParameters(trial),
    headers,
    signedHeaders: claim.signedHeaders,
    payloadHash,
  });
  return {
    payloadHash,
    canonicalRequest: toText(bytes),
    stringToSign: stringToSign(claim.date, claim.scope, bytes),
  };
}

function signedPayloadHash({ claim, headers, rules, bodyHash }: Case): string {
  const told = headers.get("x-amz-content-sha256");
  if (told === unsignedPayload && rules.unsignedPayloadAllowed) return unsignedPayload;
  const leftOut = claim.mode === "presign" && rules.presignedPayloadUnsigned && told === undefined;
  return leftOut ? unsignedPayload : bodyHash;
}

function signedParameters({ claim, parameters, rules }: Case): readonly Parameter[] {
  if (claim.mode === "header") return parameters;
  return parameters.filter(
    ([name]) => name !== "X-Amz-Signature" && !(name === "X-Amz-Security-Token" && rules.tokenAfterSigning),
  );
}
