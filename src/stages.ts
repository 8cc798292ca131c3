import type { RequestBody } from "./requestBody.ts";

/** The shapes of the trip, in its order. Each stage takes a readonly value and returns a new one. */

import type { TripError } from "./errors.ts";

// ── TEXT ────────────────────────────────────────────────────────────────────────────────────────────────────

/** A place in a document: zero-based line and zero-based UTF-16 column, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Half-open: `end` is the place after the last character. */
export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** Text with the place it was written at. */
export interface Spanned {
  readonly text: string;
  readonly range: TextRange;
}

export type Severity = "error" | "warning" | "information" | "hint";

/** Something to say about a place in the file. `code` is stable: `E_…` stops the request, `W_…` and `H_…` do not. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
}

/** `# @key value`, unexpanded. Unknown keys are kept: other tools' directives are data. */
export interface Directive {
  readonly key: Spanned;
  readonly value: Spanned;
}

/** `@name = value`, unexpanded. */
export interface VariableDefinition {
  readonly name: Spanned;
  readonly value: Spanned;
}

/** One header line as typed, unexpanded; the value without the blanks around it. */
export interface HeaderLine {
  readonly name: Spanned;
  readonly value: Spanned;
  /** The line is one `{{variable}}` and stands in `name`: its value is `Name: value`. */
  readonly isVariable?: true;
}

/** A piece of a body: literal text, or a file whose bytes go there (`< ./path`). */
export type BodyPart =
  | { readonly kind: "text"; readonly text: Spanned }
  | { readonly kind: "file"; readonly path: Spanned };

/** What stands before the first request line: holds for every request that does not say otherwise. */
export interface Preamble {
  readonly directives: readonly Directive[];
  readonly variables: readonly VariableDefinition[];
}

/** One request of a file, unexpanded. */
export interface RequestBlock {
  /** The text after `###`, or "". */
  readonly title: string;
  /** The value of `# @name`, or null. */
  readonly name: string | null;
  /** The whole block, from its `###` (or the file's start) to the next one. */
  readonly range: TextRange;
  readonly directives: readonly Directive[];
  readonly variables: readonly VariableDefinition[];
  /** As typed; "GET" at the place where it would stand when it was left out. */
  readonly method: Spanned;
  /** The URL: its first line, then each continued query line without its indent. Joined they are the URL. */
  readonly target: readonly Spanned[];
  readonly headers: readonly HeaderLine[];
  /** Empty when there is no body. */
  readonly body: readonly BodyPart[];
}

/** A piece of a document and what takes its place. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/**
 * What could be changed in the text of one request. A null value takes the line away. Texts are what is meant, not how
 * the language writes it: a server may have said them.
 */
export type RequestChange =
  | {
      readonly kind: "directive";
      readonly key: "auth" | "payload" | "region" | "service";
      readonly value: string | null;
    }
  | {
      readonly kind: "header";
      readonly name: string;
      readonly value: string | null;
      /** The value is ours and written in the language: its `{{name}}` is a variable. */
      readonly expands?: true;
    }
  /** Characters of the request target, as sent: a path, a query. */
  | { readonly kind: "target"; readonly from: string; readonly to: string };

/** A parsed request file. `problems` are values with ranges; parsing never throws. */
export interface RequestFile {
  readonly preamble: Preamble;
  readonly requests: readonly RequestBlock[];
  readonly problems: readonly Problem[];
}

// ── REQUEST ─────────────────────────────────────────────────────────────────────────────────────────────────

/** A value and where it came from, in words for a person: `pets.awsreq:3`, `--region`, `host`, `AWS_PROFILE`. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

/** One header field. `typed` stands in the file, `default` is ours, `signing` was added by the signature. */
export interface Header {
  readonly name: string;
  readonly value: string;
  readonly origin: "typed" | "default" | "signing";
  /** Where a typed field stands in the file. */
  readonly range?: TextRange;
}

/** Where a request goes. `path` and `query` are the very characters of the request target as sent. */
export interface RequestTarget {
  /** The URL as typed, variables expanded. */
  readonly typed: string;
  /** "https:", "http:" (or "wss:", "ws:" for presigned URLs). */
  readonly scheme: string;
  /** Host name, lower case, IDN as punycode, IPv6 in brackets, no port. */
  readonly host: string;
  /** The port that is connected to, the scheme's default included. */
  readonly port: number;
  /** The Host header's value: `host`, with `:port` unless it is the scheme's default. */
  readonly authority: string;
  /** Begins with "/". ASCII only. */
  readonly path: string;
  /** Without "?"; null when there is none. ASCII only. */
  readonly query: string | null;
}

export type AuthMode =
  | { readonly kind: "iam" }
  | { readonly kind: "none" }
  /** `expires` in seconds, null where the service's default holds. */
  | { readonly kind: "presign"; readonly expires: number | null };

/** What the directives of a request (its own before the preamble's) say, expanded and checked for form. */
export interface RequestSettings {
  readonly auth?: Sourced<AuthMode>;
  readonly profile?: Sourced<string>;
  readonly role?: Sourced<string>;
  readonly externalId?: Sourced<string>;
  readonly sessionName?: Sourced<string>;
  /** Twelve digits: the only account whose credentials may sign. */
  readonly account?: Sourced<string>;
  readonly region?: Sourced<string>;
  readonly service?: Sourced<string>;
  readonly payload?: Sourced<"signed" | "unsigned">;
  /** `HOST[:PORT]`, unparsed beyond its form. */
  readonly connectTo?: Sourced<{ readonly host: string; readonly port: number | null }>;
  /** Milliseconds for the whole exchange. */
  readonly timeout?: Sourced<number>;
}

/** A kind of value that leaves the machine with a request and is not written in the shared file itself. */
export type OutsideValue = "include" | "processEnv" | "privateEnvironment";

/** AWS keys that a request writes itself, `Authorization: AWS <id> <secret>`, each out of the private environment. */
export interface RequestKeys {
  readonly credentials: Credentials;
  /** `pets.awsreq:4`. */
  readonly source: string;
}

/** A request ready to be signed: every variable expanded, every body byte known, every default header in place. */
export interface ResolvedRequest {
  readonly name: string | null;
  readonly title: string;
  /** Zero-based line of the request line. */
  readonly line: number;
  readonly method: string;
  readonly target: RequestTarget;
  /** In the order in which they are sent. Host is always there, once. */
  readonly headers: readonly Header[];
  readonly body: RequestBody;
  readonly settings: RequestSettings;
  /** What the file asks to be confirmed each time before this is sent, "" for no words; not there where it asks nothing. */
  readonly confirmations?: readonly string[];
  /** The request's own block names the profile: its own word, which no line for all requests is. */
  readonly namesProfile?: true;
  /** Sign it; the header that holds them is not sent. */
  readonly requestKeys?: RequestKeys;
  /** Which kinds of outside values went in, for the guard. */
  readonly outsideValues: readonly OutsideValue[];
  /** Values of private environments and of environment variables that went in, for the redactor. */
  readonly privateValues: readonly string[];
}

// ── WHO ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** AWS credentials. Never logged, never serialised. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
}

/** Whose credentials sign: a profile's, or keys that no profile has, by where they come from. */
export type Signer =
  | { readonly kind: "profile"; readonly name: string }
  | { readonly kind: "environment" | "web-identity" | "container" | "instance" | "private-environment" };

/** Who signs, and how we know. */
export interface Identity {
  /** Profile name; null for keys from the environment. */
  readonly profile: string | null;
  /** Where the choice of the profile came from: `--profile`, `pets.awsreq:1`, `AWS_PROFILE`, `default`. */
  readonly source: string;
  /** How the credentials were got: "static keys", "session token", "assumed role", "web identity", "credential process", "environment", "container", "instance metadata", "local endpoint". */
  readonly kind: string;
  /** The role ARN that was assumed last, or null. */
  readonly role: string | null;
  readonly credentials: Credentials;
  /** Twelve digits, or null while unknown. */
  readonly account: string | null;
  readonly arn: string | null;
  readonly expires: Date | null;
}

// ── SIGNATURE ───────────────────────────────────────────────────────────────────────────────────────────────

/** For what a request is signed, with the reason for each half. */
export interface SigningScope {
  readonly region: string;
  readonly regionSource: string;
  /** Signing name, for example "execute-api". */
  readonly service: string;
  readonly serviceSource: string;
}

/** What was signed. The signing key and everything derived on the way to it are never recorded. */
export interface SigningTrace {
  readonly algorithm: "AWS4-HMAC-SHA256";
  readonly mode: "header" | "presign";
  readonly scope: SigningScope;
  /** X-Amz-Date: `20150830T123600Z`. */
  readonly date: string;
  readonly credentialScope: string;
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body, or "UNSIGNED-PAYLOAD". */
  readonly payloadHash: string;
  readonly canonicalRequest: string;
  readonly canonicalRequestHash: string;
  readonly stringToSign: string;
  readonly signature: string;
  /** The Authorization header's value; null when presigned. */
  readonly authorization: string | null;
  /** Seconds; null for header signing. */
  readonly expires: number | null;
}

/** A request as it goes on the wire. Nothing changes it after it is signed. */
export interface SignedRequest extends Pick<ResolvedRequest, "method" | "target" | "headers" | "body"> {
  /** Null for a request that goes out unsigned on purpose. */
  readonly trace: SigningTrace | null;
}

/** A request as somebody captured it, with everything that was sent. It holds secrets until it is cleared. */
export interface CapturedRequest {
  readonly method: string;
  /** As the Host header or the URL says it, lower case. */
  readonly host: string;
  /** Of the request target, as sent. */
  readonly path: string;
  /** Without "?"; null when there is none. */
  readonly query: string | null;
  readonly headers: readonly Field[];
  /** Null when it was not captured. */
  readonly body: string | null;
}

// ── WIRE ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Name and value as received, in order, duplicates and case kept. */
export type Field = readonly [name: string, value: string];

/** Bytes that may be larger than memory should hold. */
export interface BodyStore {
  /** Bytes so far. */
  readonly size: number;
  /** Bytes of `[start, end)`, clipped to what is there. */
  slice(start: number, end: number): Promise<Uint8Array>;
  /** Puts the file behind it at a path, and leaves it there; false where it has none, or not on that file system. */
  moveTo?(path: string): Promise<boolean>;
  /** Removes the file behind it, if any. */
  dispose(): Promise<void>;
}

/** Milliseconds; null where there was no such phase. */
export interface Timings {
  readonly credentials: number | null;
  readonly sign: number | null;
  readonly proxy: number | null;
  readonly dns: number | null;
  readonly connect: number | null;
  readonly tls: number | null;
  readonly firstByte: number | null;
  readonly download: number | null;
  readonly total: number;
}

/** A 1xx answer before the final one. */
export interface InterimResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Field[];
}

export interface ExchangeResponse {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  /** Who answered: a proxy's own 407 is not the origin's. */
  readonly answeredBy: "origin" | "proxy";
  readonly headers: readonly Field[];
  readonly trailers: readonly Field[];
  readonly interim: readonly InterimResponse[];
  /** Content and transfer encodings undone, as far as they could be. */
  readonly body: BodyStore;
  /** The bytes as received when an encoding was undone; null when they are `body`. */
  readonly encodedBody: BodyStore | null;
  /** False when `body` is not all that was sent: cut, damaged, too large. */
  readonly complete: boolean;
  /** Sentences about what was odd but did not spoil the answer. */
  readonly warnings: readonly string[];
}

/** What came of sending: an answer, perhaps partial, and the fault that ended it, if one did. */
export interface Exchange {
  readonly response: ExchangeResponse | null;
  readonly error: TripError | null;
  readonly timings: Omit<Timings, "credentials" | "sign">;
  /** The address that was connected to, or null. */
  readonly remoteAddress: string | null;
}
