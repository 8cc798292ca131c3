import type { Header, RequestTarget, TextRange } from "../stages.ts";

/** The parts of a request in which an authorisation may stand. */
export interface AuthorisedRequest {
  readonly headers: readonly Pick<Header, "name" | "value" | "range">[];
  readonly target: Pick<RequestTarget, "query">;
}

/** An authorisation that stands there and holds nothing: the request would go out as nobody's. */
export interface EmptyAuthorization {
  /** What is empty, with a capital letter. */
  readonly what: string;
  /** Of a header; undefined for a piece of the URL. */
  readonly range: TextRange | undefined;
}

/** What a request brings to be authorised with, in words; null when it brings nothing. */
export function ownAuthorization({ headers, target }: AuthorisedRequest): string | null {
  if (headers.some(isAuthorization)) return "an Authorization header";
  return signatures(target.query).length > 0 ? "a presigned URL" : null;
}

/** The first authorisation of a request that is empty, beside others or alone; null when none is. */
export function emptyAuthorization({ headers, target }: AuthorisedRequest): EmptyAuthorization | null {
  const header = headers.find((one) => isAuthorization(one) && holdsNothing(one.value));
  if (header !== undefined) return { what: "The Authorization header", range: header.range };
  const parameter = signatures(target.query).find(({ value }) => visible(value) === "");
  return parameter === undefined
    ? null
    : { what: `The signature in the URL (${parameter.name})`, range: undefined };
}

/** Why it cannot be sent, and what to do about it. */
export function emptyAuthorizationText({ what }: Pick<EmptyAuthorization, "what">): {
  readonly message: string;
  readonly hint: string;
} {
  return {
    message: `${what} is empty, so the request would go out neither signed nor authorised`,
    hint: "give it a value (does a variable in it hold nothing?), or delete it",
  };
}

function isAuthorization({ name }: Pick<Header, "name">): boolean {
  return name.toLowerCase() === "authorization";
}

/** Schemes that say nothing without credentials behind them; any other single word may be a token itself. */
const schemes: ReadonlySet<string> = new Set([
  "apikey",
  "aws",
  "aws4-hmac-sha256",
  "aws4-ecdsa-p256-sha256",
  "basic",
  "bearer",
  "digest",
  "dpop",
  "gnap",
  "hawk",
  "hoba",
  "mutual",
  "negotiate",
  "ntlm",
  "oauth",
  "privatetoken",
  "scram-sha-1",
  "scram-sha-256",
  "token",
  "vapid",
]);

/** Nothing, a scheme without credentials, `Basic :` of two empty variables, `Bearer ""`, an AWS signature without its value. */
function holdsNothing(value: string): boolean {
  const [, first = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(visible(value)) ?? [];
  if (!schemes.has(first.toLowerCase())) return first === "";
  if (/^[\s:"',]*$/.test(rest)) return true;
  if (/^aws$/i.test(first)) return rest.endsWith(":");
  return /^aws4-/i.test(first) && /Signature=\s*(?:,|$)/i.test(rest);
}

/** Without what nobody sees: characters without a shape, blanks at the ends. */
function visible(text: string): string {
  return text.replace(/\p{Cf}/gu, "").trim();
}

interface Parameter {
  /** Decoded. */
  readonly name: string;
  /** Decoded. */
  readonly value: string;
}

/**
 * The parameters of a query that are signatures: Signature Version 4's; a `Signature` beside an `AWSAccessKeyId`
 * (Version 2) or a `Key-Pair-Id` (CloudFront). A `Signature` alone may be a parameter of any API.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 */
function signatures(query: string | null): readonly Parameter[] {
  const parameters = (query ?? "").split("&").map(parameterOf);
  const isNamed = (...names: readonly string[]) => {
    return ({ name }: Parameter): boolean => names.includes(name.toLowerCase());
  };
  const hasKeyOf = parameters.some(isNamed("awsaccesskeyid", "key-pair-id"));
  return parameters.filter(hasKeyOf ? isNamed("x-amz-signature", "signature") : isNamed("x-amz-signature"));
}

function parameterOf(part: string): Parameter {
  const equals = part.indexOf("=");
  const name = equals < 0 ? part : part.slice(0, equals);
  return { name: decoded(name), value: equals < 0 ? "" : decoded(part.slice(equals + 1)) };
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    // No UTF-8, or a `%` that begins no escape: it is what it is.
    return spaced;
  }
}
