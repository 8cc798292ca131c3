import type { Field } from "../../stages.ts";

/** What is known of the request that was refused; each part may be missing. */
export interface RequestFacts {
  readonly method: string | null;
  readonly host: string | null;
  /** As sent, without the query. */
  readonly path: string | null;
  /** As sent, without "?"; null when there is none or it is not known. */
  readonly query: string | null;
  /** True when whoever tells of it gave a path with its query, and no URL. */
  readonly pathHasQuery: boolean;
  /** Whether it had a signature; null while unknown. */
  readonly signed: boolean | null;
  readonly headers: readonly Field[];
  /** The region that it was signed for, or that was called. */
  readonly region: string | null;
  /** First four letters of the access key id: `AKIA`, `ASIA`. */
  readonly keyKind: string | null;
  /** What is told of the credentials in words: "GovCloud", "temporary", "Cognito identity". */
  readonly credentials: string | null;
  /** Whether it had a session token; null while unknown. */
  readonly sessionToken: boolean | null;
  /** Names of the signed headers, lower case. */
  readonly signedHeaders: readonly string[];
  /** Bytes of the body; null while unknown. */
  readonly bodyBytes: number | null;
  /** The body as text, where it is short; null while unknown. */
  readonly bodyText: string | null;
  /** What it was signed as: host, path and content type where they differ from what was sent. */
  readonly signedHost: string | null;
  readonly signedPath: string | null;
  readonly signedContentType: string | null;
  readonly sentContentType: string | null;
  /** Parts that were signed as one thing and sent as another, by their names: `path`, `query`, `x-forwarded-for`. */
  readonly changed: readonly string[];
  /** What stood between: "CloudFront", "VPC endpoint", … */
  readonly via: string | null;
  /** What the route or the URL asks for: "IAM", "NONE", "CUSTOM". */
  readonly authType: string | null;
  /** "HTTP", "REST", "PRIVATE". */
  readonly apiType: string | null;
}

/** What was signed, as far as it is known. */
export interface SigningFacts {
  readonly canonicalRequest: string | null;
  readonly stringToSign: string | null;
}

/** A refused request, as much as there is of it. */
export interface DiagnosisInput {
  /** Null for a failure of the client before any answer. */
  readonly status: number | null;
  readonly headers: readonly Field[];
  readonly body: string;
  /** Signing name of the service, or null. */
  readonly service: string | null;
  readonly request: RequestFacts;
  readonly signing: SigningFacts;
  /** What signing it again with the profile's secret gives; null when that was not done. */
  readonly verification: { readonly expected: SigningFacts; readonly isRight: boolean } | null;
  /** Milliseconds that the server's clock is ahead of the machine's; null while it was not measured. */
  readonly clockOffset: number | null;
  /** The account of whoever signed, twelve digits, or null. */
  readonly account: string | null;
}

/** Nothing known of a request. */
export const noRequestFacts: RequestFacts = {
  method: null,
  host: null,
  path: null,
  query: null,
  pathHasQuery: false,
  signed: null,
  headers: [],
  region: null,
  keyKind: null,
  credentials: null,
  sessionToken: null,
  signedHeaders: [],
  bodyBytes: null,
  bodyText: null,
  signedHost: null,
  signedPath: null,
  signedContentType: null,
  sentContentType: null,
  changed: [],
  via: null,
  apiType: null,
  authType: null,
};
