import type { CheckResult } from "../checks/check.ts";
import type { Finding } from "../diagnosis/diagnose.ts";
import type { TripError } from "../errors.ts";
import type { Field, Identity, Problem, SigningTrace, Timings } from "../stages.ts";

/**
 * The document of `--json`, version 1. Stable: fields are only ever added.
 * Its schema is docs/output.schema.json.
 */
export interface OutputDocument {
  readonly version: 1;
  readonly file: string;
  readonly problems: readonly ProblemEntry[];
  /** What there is to know of the whole file: which environment was taken, whose settings are not listened to. */
  readonly notes: readonly string[];
  readonly error: TripError | null;
  readonly requests: readonly RequestEntry[];
}

/** Lines and columns count from 1. */
export interface ProblemEntry {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Problem["severity"];
  readonly code: string;
  readonly message: string;
}

export interface RequestEntry {
  readonly name: string | null;
  readonly line: number;
  readonly title: string;
  /** Why `--all` left it out; null for one that was made. */
  readonly skipped: string | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Field[];
    readonly bodyBytes: number;
  } | null;
  readonly identity: IdentityEntry | null;
  readonly signing: SigningEntry | null;
  readonly response: ResponseEntry | null;
  readonly timings: Timings;
  /** What there is to know of this request and is no error: that it is not signed, who signs in place of whom. */
  readonly notes: readonly string[];
  readonly checks: readonly [];
  /** Why the answer is a refusal, the best reading first; empty for other answers. */
  readonly diagnosis: readonly Finding[];
  /** What `--run-checks` asked about the refusal. */
  readonly checked: readonly CheckResult[];
  readonly error: TripError | null;
}

export interface IdentityEntry {
  readonly profile: string | null;
  readonly source: string;
  readonly kind: string;
  /** First four and last four characters. */
  readonly accessKeyId: string;
  /** ARN of the role that was assumed last. */
  readonly role: string | null;
  readonly account: string | null;
  readonly arn: string | null;
  /** ISO 8601. */
  readonly expires: string | null;
}

export interface SigningEntry
  extends Pick<
    SigningTrace,
    | "algorithm"
    | "date"
    | "credentialScope"
    | "signedHeaders"
    | "payloadHash"
    | "canonicalRequest"
    | "canonicalRequestHash"
    | "stringToSign"
    | "signature"
    | "authorization"
  > {
  readonly region: string;
  readonly regionSource: string;
  readonly service: string;
  readonly serviceSource: string;
  readonly presignedUrl?: string;
}

/** A 1xx answer before the final one. */
export interface InterimEntry {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Field[];
}

export interface ResponseEntry {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly answeredBy: "origin" | "proxy";
  readonly interim: readonly InterimEntry[];
  readonly headers: readonly Field[];
  readonly bodyBytes: number;
  /** The body when it is text, in whatever charset. Neither this nor the bytes where `bodyFile` has it. */
  readonly body?: string;
  /** What `body` was read in. */
  readonly charset?: string;
  /** The body in base64 when it is no text, and beside text that lost bytes which are none of its charset. */
  readonly bodyBase64?: string;
  /** The file that has all bytes of a body for which the document has no room. */
  readonly bodyFile?: string;
  /** Fields behind the body. */
  readonly trailers: readonly Field[];
  readonly complete: boolean;
  readonly warnings: readonly string[];
}

/** A problem with lines and columns counted from 1, as people and editors' "go to line" do. */
export function problemEntry({ range, severity, code, message }: Problem): ProblemEntry {
  return {
    line: range.start.line + 1,
    column: range.start.column + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.column + 1,
    severity,
    code,
    message,
  };
}

/** Who signed, with the access key id masked by the redactor's `maskKeyId`. */
export function identityEntry(identity: Identity, maskKeyId: (id: string) => string): IdentityEntry {
  const { profile, source, kind, credentials, role, account, arn, expires } = identity;
  return {
    profile,
    source,
    kind,
    accessKeyId: maskKeyId(credentials.accessKeyId),
    role,
    account,
    arn,
    expires: expires === null ? null : expires.toISOString(),
  };
}
