import { type Denial, denialClause } from "./policies.ts";
import { basicDate } from "./signatureTime.ts";

/** How far a signature's time may be off: its date, the bound it crossed, and how that bound is made. */
interface TimeBound {
  /** X-Amz-Date as sent. */
  readonly date: string;
  /** Milliseconds since 1970, by the endpoint's clock. */
  readonly now: number;
  readonly windowMs: number;
}

/** What each refusal knows; the key is its kind. */
interface RefusalDetails {
  readonly missingAuthenticationToken: object;
  readonly twoSignatures: object;
  readonly missingEqualSign: { readonly part: string; readonly authorization: string };
  readonly missingAuthorizationParts: {
    readonly missing: readonly ("Credential" | "Signature" | "SignedHeaders" | "Date")[];
    readonly authorization: string;
  };
  readonly missingQueryParts: { readonly missing: readonly string[] };
  readonly unsupportedAlgorithm: { readonly algorithm: string };
  readonly malformedCredential: { readonly credential: string };
  readonly malformedDate: { readonly date: string };
  readonly malformedExpires: { readonly expires: string };
  readonly hostNotSigned: object;
  readonly signedHeaderNotSent: { readonly names: readonly string[] };
  readonly wrongScope: {
    /** The region that the credential names, when it is another than the endpoint's. */
    readonly region?: string;
    /** The service that it should name. */
    readonly service?: string;
    /** The terminator that it names. */
    readonly terminator?: string;
    readonly date?: { readonly scope: string; readonly sent: string };
  };
  readonly signatureExpired: TimeBound;
  readonly signatureNotYetCurrent: TimeBound;
  /** `reason` is for records and tests; the answer does not tell. */
  readonly securityTokenInvalid: {
    readonly reason: "unknown key" | "token missing" | "token unknown" | "token not expected";
  };
  readonly securityTokenExpired: object;
  readonly headersNotSigned: { readonly names: readonly string[] };
  readonly contentSha256Missing: object;
  readonly contentSha256Mismatch: object;
  readonly signatureMismatch: { readonly canonicalRequest: string; readonly stringToSign: string };
  readonly accessDenied: {
    readonly userArn: string;
    readonly action: string;
    readonly resource: string;
    /** The policy that stands against it; null for a refusal that names none. */
    readonly denial: Denial | null;
  };
  readonly apiKeyInvalid: object;
  readonly hostNotServed: { readonly host: string; readonly authority: string };
  readonly targetNotAPath: object;
  readonly bodyTooLarge: { readonly limit: number };
}

export type RefusalKind = keyof RefusalDetails;

/** A refusal of one kind. */
export type RefusalOf<Kind extends RefusalKind> = { readonly kind: Kind } & RefusalDetails[Kind];

/** Why a request is not served. */
export type Refusal = { [Kind in RefusalKind]: RefusalOf<Kind> }[RefusalKind];

/** A refusal as it is sent. */
export interface RefusalAnswer {
  readonly status: number;
  /** The x-amzn-ErrorType header's value. */
  readonly errorType: string;
  readonly body: Readonly<Record<string, string>>;
}

type Table = { readonly [Kind in RefusalKind]: (refusal: RefusalOf<Kind>) => RefusalAnswer };

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

// The wording is API Gateway's own; a diagnosis reads it word by word.
const table: Table = {
  missingAuthenticationToken: () =>
    forbidden("MissingAuthenticationTokenException", "Missing Authentication Token"),
  twoSignatures: () =>
    invalid("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."),
  missingEqualSign: ({ part, authorization }) =>
    incomplete(
      `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${authorization}'.`,
    ),
  missingAuthorizationParts: ({ missing, authorization }) =>
    incomplete(`${missing.map(requiredSentence).join(" ")} Authorization=${authorization}`),
  missingQueryParts: ({ missing }) =>
    incomplete(
      `${missing.map((name) => `AWS query-string parameters must include '${name}'. `).join("")}Re-examine the query-string parameters.`,
    ),
  unsupportedAlgorithm: ({ algorithm }) => incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`),
  malformedCredential: ({ credential }) =>
    incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'.`,
    ),
  malformedDate: ({ date }) =>
    incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    ),
  malformedExpires: ({ expires }) =>
    incomplete(`X-Amz-Expires must be a whole number of seconds from 1 to 604800, got '${expires}'.`),
  hostNotSigned: () => invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
  signedHeaderNotSent: ({ names }) =>
    invalid(
      names
        .map((name) => `'${name}' is named as a SignedHeader, but it does not exist in the HTTP request.`)
        .join(" "),
    ),
  wrongScope: (refusal) => invalid(scopeSentences(refusal).join("")),
  signatureExpired: ({ date, now, windowMs }) =>
    invalid(
      `Signature expired: ${date} is now earlier than ${basicDate(now - windowMs)} (${basicDate(now)} - ${minutes(windowMs)})`,
    ),
  signatureNotYetCurrent: ({ date, now, windowMs }) =>
    invalid(
      `Signature not yet current: ${date} is still later than ${basicDate(now + windowMs)} (${basicDate(now)} + ${minutes(windowMs)})`,
    ),
  securityTokenInvalid: () =>
    forbidden("UnrecognizedClientException", "The security token included in the request is invalid."),
  securityTokenExpired: () =>
    forbidden("ExpiredTokenException", "The security token included in the request is expired"),
  headersNotSigned: ({ names }) =>
    forbidden(
      "AccessDeniedException",
      `There were headers present in the request which were not signed: ${names.join(", ")}`,
    ),
  contentSha256Missing: () =>
    json(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256"),
  contentSha256Mismatch: () =>
    json(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
  signatureMismatch: ({ canonicalRequest, stringToSign }) =>
    invalid(
      `${mismatch}\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`,
    ),
  accessDenied: (refusal) => ({
    status: 403,
    errorType: "AccessDeniedException",
    // API Gateway spells the key of this one answer with a capital.
    body: { Message: deniedSentence(refusal) },
  }),
  apiKeyInvalid: () => forbidden("ForbiddenException", "Forbidden"),
  hostNotServed: ({ host, authority }) =>
    json(
      421,
      "MisdirectedRequestException",
      `This endpoint answers for ${authority} (or localhost with the same port), not for the Host '${host}'.`,
    ),
  targetNotAPath: () => json(400, "BadRequestException", "The request target must be a path."),
  bodyTooLarge: ({ limit }) =>
    json(413, "RequestTooLargeException", `HTTP content length exceeded ${limit} bytes.`),
};

/** The answer to a refusal, worded as API Gateway does. */
export function refusalAnswer<Kind extends RefusalKind>(refusal: RefusalOf<Kind>): RefusalAnswer {
  return table[refusal.kind](refusal);
}

/** IAM's sentence about an access that was denied. */
export function deniedSentence({
  userArn,
  action,
  resource,
  denial,
}: RefusalDetails["accessDenied"]): string {
  const clause = denial === null ? "" : ` ${denialClause(denial, action)}`;
  return `User: ${userArn} is not authorized to perform: ${action} on resource: ${resource}${clause}`;
}

function requiredSentence(part: "Credential" | "Signature" | "SignedHeaders" | "Date"): string {
  return part === "Date"
    ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
    : `Authorization header requires '${part}' parameter.`;
}

// Each sentence but the last kind ends in a blank on the wire, alone or not.
function scopeSentences({ region, service, terminator, date }: RefusalDetails["wrongScope"]): string[] {
  const sentences: string[] = [];
  if (region !== undefined)
    sentences.push(`Credential should be scoped to a valid region, not '${region}'. `);
  if (service !== undefined) sentences.push(`Credential should be scoped to correct service: '${service}'. `);
  if (terminator !== undefined) {
    sentences.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    );
  }
  if (date !== undefined) {
    sentences.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date.scope}' != '${date.sent.slice(0, 8)}', from '${date.sent}'.`,
    );
  }
  return sentences;
}

function minutes(windowMs: number): string {
  return `${windowMs / 60_000} min.`;
}

function incomplete(message: string): RefusalAnswer {
  return forbidden("IncompleteSignatureException", message);
}

function invalid(message: string): RefusalAnswer {
  return forbidden("InvalidSignatureException", message);
}

function forbidden(errorType: string, message: string): RefusalAnswer {
  return json(403, errorType, message);
}

function json(status: number, errorType: string, message: string): RefusalAnswer {
  return { status, errorType, body: { message } };
}
