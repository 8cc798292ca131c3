import type { Answer } from "./answer.ts";
import { headerValues } from "./canonicalHeaders.ts";
import { readQuery, splitTarget } from "./canonicalQuery.ts";
import { type Claim, isRefusal, readClaim } from "./claim.ts";
import { maskValue } from "./maskSecrets.ts";
import { toText } from "./rawRequest.ts";
import { deniedSentence, type Refusal, type RefusalKind, type RefusalOf } from "./refusals.ts";
import {
  s3BadRequest,
  s3Denied,
  s3HashMismatch,
  s3HashMissing,
  s3HeadersNotSigned,
  s3Malformed,
  s3TimeTooSkewed,
  s3UnknownKey,
  s3UrlExpired,
  s3WrongRegion,
} from "./s3Errors.ts";
import type { Scene } from "./scene.ts";
import { type S3Error, s3Answer } from "./serviceAnswers.ts";
import { sha256 } from "./signature.ts";
import type { XmlElement } from "./xml.ts";

/** What the endpoint says as itself, whatever service it answers as. */
type OwnKind = "hostNotServed" | "targetNotAPath" | "bodyTooLarge";

/** What S3 tells besides the refusal. */
interface Facts {
  readonly scene: Scene;
  /** Null when the request says nothing readable of its signature. */
  readonly claim: Claim | null;
  readonly presigned: boolean;
  /** x-amz-content-sha256. */
  readonly contentSha256: string;
}

type Table = {
  readonly [Kind in Exclude<RefusalKind, OwnKind>]: (refusal: RefusalOf<Kind>, facts: Facts) => S3Error;
};

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
const noDate = "AWS authentication requires a valid Date or x-amz-date header";

const table: Table = {
  missingAuthenticationToken: () => s3Denied(),
  twoSignatures: () =>
    s3BadRequest(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
      [["ArgumentName", "Authorization"]],
    ),
  missingEqualSign: ({ authorization }) =>
    authorization.startsWith("AWS4-") ? threeComponents() : unsupported(),
  missingAuthorizationParts: ({ missing, authorization }) => {
    if (!authorization.startsWith("AWS4-")) return unsupported();
    return missing.every((part) => part === "Date") ? s3Denied(noDate) : threeComponents();
  },
  missingQueryParts: () =>
    s3BadRequest(
      "AuthorizationQueryParametersError",
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    ),
  unsupportedAlgorithm: () => unsupported(),
  malformedCredential: (_, { presigned }) =>
    s3Malformed(
      presigned,
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    ),
  malformedDate: () => s3Denied(noDate),
  malformedExpires: () =>
    s3BadRequest(
      "AuthorizationQueryParametersError",
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    ),
  hostNotSigned: () => s3HeadersNotSigned(["host"]),
  // S3 has no sentence for it: the header counts as empty, and the signature does not match.
  signedHeaderNotSent: (_, facts) => doesNotMatch(facts, []),
  wrongScope: scopeError,
  signatureExpired: ({ date, windowMs }, { presigned, claim, scene }) => {
    if (!presigned) return s3TimeTooSkewed(date, scene.now, windowMs);
    return s3UrlExpired(windowMs / 1000, (claim?.time ?? 0) + windowMs, scene.now);
  },
  signatureNotYetCurrent: ({ date, windowMs }, { presigned, scene }) =>
    presigned ? s3Denied("Request is not valid yet") : s3TimeTooSkewed(date, scene.now, windowMs),
  securityTokenInvalid: ({ reason }, facts) => {
    const isToken = reason === "token unknown" || reason === "token not expected";
    if (!isToken) return s3UnknownKey(facts.claim?.accessKeyId ?? "");
    return tokenError("InvalidToken", "The provided token is malformed or otherwise invalid.", facts);
  },
  securityTokenExpired: (_, facts) => tokenError("ExpiredToken", "The provided token has expired.", facts),
  headersNotSigned: ({ names }) => s3HeadersNotSigned(names),
  contentSha256Missing: () => s3HashMissing(),
  contentSha256Mismatch: (_, { scene, contentSha256 }) =>
    s3HashMismatch(contentSha256, sha256(scene.request.body)),
  signatureMismatch: (refusal, facts) => doesNotMatch(facts, canonicalElements(refusal, facts)),
  accessDenied: (refusal) => s3Denied(deniedSentence(refusal)),
  apiKeyInvalid: () => s3Denied(),
};

/** The answer to a refusal as S3 words it; null for what no service but the endpoint itself refuses. */
export function s3Refusal(scene: Scene, refusal: Refusal): Answer | null {
  return isTold(refusal) ? s3Answer(scene, errorOf(refusal, factsOf(scene))) : null;
}

function errorOf<Kind extends keyof Table>(refusal: RefusalOf<Kind>, facts: Facts): S3Error {
  return table[refusal.kind](refusal, facts);
}

function isTold(refusal: Refusal): refusal is Exclude<Refusal, { readonly kind: OwnKind }> {
  return Object.hasOwn(table, refusal.kind);
}

function factsOf(scene: Scene): Facts {
  const headers = headerValues(scene.request.headers);
  const parameters = readQuery(splitTarget(scene.request.target).query);
  const claim = readClaim({ headers, parameters });
  return {
    scene,
    claim: isRefusal(claim) ? null : claim,
    presigned: parameters.some(([name]) => name === "X-Amz-Algorithm"),
    contentSha256: toText(headers.get("x-amz-content-sha256") ?? ""),
  };
}

function unsupported(): S3Error {
  return s3BadRequest("InvalidArgument", "Unsupported Authorization Type", [
    ["ArgumentName", "Authorization"],
  ]);
}

function threeComponents(): S3Error {
  return s3Malformed(
    false,
    "the authorization header requires three components: Credential, SignedHeaders, and Signature.",
  );
}

/** S3 tells one thing at a time. */
function scopeError({ region, service, terminator }: RefusalOf<"wrongScope">, facts: Facts): S3Error {
  const { presigned, claim, scene } = facts;
  if (region !== undefined) return s3WrongRegion(presigned, region, scene.region);
  if (service !== undefined) {
    const given = claim?.scope.service ?? "";
    return s3Malformed(presigned, `incorrect service "${given}". This endpoint belongs to "${service}".`);
  }
  if (terminator !== undefined) {
    const what = `incorrect terminal "${terminator}". This endpoint uses "aws4_request".`;
    return s3Malformed(presigned, what);
  }
  return s3Malformed(presigned, "Invalid credential date. Date is not the same as X-Amz-Date.");
}

// The real S3 repeats the token; here it is counted only.
function tokenError(code: string, message: string, { claim }: Facts): S3Error {
  const token = claim?.sessionToken ?? "";
  return s3BadRequest(code, message, [["Token-0", maskValue("x-amz-security-token", token)]]);
}

function doesNotMatch({ claim }: Facts, more: readonly XmlElement[]): S3Error {
  const elements: readonly XmlElement[] = [["AWSAccessKeyId", claim?.accessKeyId ?? ""], ...more];
  return { status: 403, code: "SignatureDoesNotMatch", message: mismatch, elements };
}

// The canonical request stands as it was computed: a line that was masked would be a difference that is none.
function canonicalElements(
  { canonicalRequest, stringToSign }: RefusalOf<"signatureMismatch">,
  { claim }: Facts,
): readonly XmlElement[] {
  return [
    ["StringToSign", stringToSign],
    ["SignatureProvided", maskValue("x-amz-signature", claim?.signature ?? "")],
    ["StringToSignBytes", spacedHex(stringToSign)],
    ["CanonicalRequest", canonicalRequest],
    ["CanonicalRequestBytes", spacedHex(canonicalRequest)],
  ];
}

function spacedHex(text: string): string {
  return (Buffer.from(text, "utf8").toString("hex").match(/../g) ?? []).join(" ");
}
