/** What the panel shows, ready to be shown: everything in it is redacted. */

import type { Field, Timings } from "../stages.ts";
import type { DiagnosisView } from "./diagnosisView.ts";
import type { SigningView } from "./signingView.ts";

/** The request at the top of the panel. Everything is redacted. */
export interface RequestHead {
  readonly method: string;
  /** Scheme and authority: `https://abc.execute-api.eu-west-1.amazonaws.com`. Empty when the URL could not be read. */
  readonly origin: string;
  /** Readable: as typed, variables expanded. */
  readonly path: string;
  /** Without "?"; "" when there is none. */
  readonly query: string;
  /** Text after `###`, the name, or "". */
  readonly title: string;
  /** `pets.awsreq:12`. */
  readonly place: string;
}

/** Who signs, as far as it is known. */
export interface IdentityChip {
  /** "keys of the environment" where there is no profile. */
  readonly profile: string;
  /** Where the choice came from: `pets.awsreq:1`. */
  readonly source: string;
  /** "static keys", "assumed role", … */
  readonly kind: string;
  readonly account: string | null;
  readonly arn: string | null;
  readonly role: string | null;
  /** `AKIA…WXYZ`. */
  readonly accessKeyId: string;
  readonly region: string | null;
  readonly service: string | null;
  /** ISO 8601, or null when the credentials do not expire. */
  readonly expires: string | null;
}

/** The steps of a trip, in order. Those that a request does not need are left out of `done`. */
export type TripStep =
  | "prepare"
  | "credentials"
  | "sign"
  | "proxy"
  | "dns"
  | "connect"
  | "tls"
  | "wait"
  | "download";

export interface FinishedStep {
  readonly step: TripStep;
  /** "Credentials from dev", "Signed for execute-api in eu-west-1". */
  readonly text: string;
}

/** What is the matter, and the one thing that helps. */
export interface Fault {
  /** Stable, `E_…`. */
  readonly code: string;
  /** `Phase` of errors.ts: file, guard, credentials, signing, network… */
  readonly phase: string;
  readonly message: string;
  readonly hint: string | null;
  readonly help: FaultHelp | null;
  /** What was tried to get credentials, in order; empty for other faults. */
  readonly tried: readonly TriedStep[];
}

/** One thing that was tried, or would have been next. */
export interface TriedStep {
  readonly text: string;
  readonly outcome: "found" | "skipped" | "failed";
}

/** The action that a fault offers; the host knows what it does. */
export interface FaultHelp {
  readonly label: string;
  readonly action: HelpAction;
}

export const helpActions = [
  "sendAgain",
  "showRequest",
  "switchProfile",
  "selectEnvironment",
  "startEndpoint",
  "manageTrust",
  "showLog",
  "openSettings",
] as const;
export type HelpAction = (typeof helpActions)[number];

/** What became of the trip. */
export type Outcome =
  | {
      readonly kind: "sending";
      /** False when it is only signed. */
      readonly sends: boolean;
      readonly done: readonly FinishedStep[];
      readonly current: FinishedStep;
      /** Milliseconds since 1970. */
      readonly started: number;
      /** Bytes received so far. */
      readonly received: number;
    }
  | { readonly kind: "answered"; readonly answer: AnswerHead; readonly fault: null }
  /** An answer whose body was cut: what came is shown, `fault` says what ended it. */
  | { readonly kind: "cut"; readonly answer: AnswerHead; readonly fault: Fault }
  /** Signed and not sent, on purpose. */
  | { readonly kind: "explained" }
  | { readonly kind: "cancelled"; readonly step: string }
  /** `refused`: the guard said no. `noCredentials`: nobody could sign. `network`: no answer came. `text`: the file has an error. */
  | {
      readonly kind: FaultKind;
      readonly fault: Fault;
    }
  /** Brought back after a reload: it was not sent again. */
  | { readonly kind: "restored"; readonly last: LastAnswer | null };

export type FaultKind = "refused" | "noCredentials" | "network" | "text" | "failed";

export interface AnswerHead {
  readonly status: number;
  readonly statusText: string;
  readonly answeredBy: "origin" | "proxy";
  readonly httpVersion: string;
  /** Bytes of the body, content encodings undone. */
  readonly bytes: number;
  /** Bytes as received and the encoding that was undone: `{ bytes: 612, encoding: "gzip" }`; null when there was none. */
  readonly encoded: { readonly bytes: number; readonly encoding: string } | null;
  /** The Content-Type header's value, or "". */
  readonly contentType: string;
  /** Where a redirect leads; not there for other answers. */
  readonly redirects?: readonly string[];
}

/** What of an answer may be kept over a reload. */
export interface LastAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Milliseconds since 1970. */
  readonly when: number;
}

/** One header of the request or the response, redacted. */
export interface HeaderRow {
  readonly name: string;
  readonly value: string;
  /** What it means, for those that AWS adds and those that signing adds; null for the others. */
  readonly note: string | null;
  /** Covered by the signature. False for response headers. */
  readonly signed: boolean;
  /** typed in the file, added by default, added by signing; "received" for response headers. */
  readonly origin: "typed" | "default" | "signing" | "received";
}

export interface HeadersView {
  readonly request: readonly HeaderRow[];
  /** Null when nothing was sent or no answer came. */
  readonly response: readonly HeaderRow[] | null;
  readonly trailers: readonly Field[];
  /** Answers before the final one, in order; not there when there was none. */
  readonly interim?: readonly InterimHead[];
}

/** A 1xx answer. */
export interface InterimHead {
  /** `103 Early Hints`. */
  readonly status: string;
  readonly fields: readonly Field[];
}

export interface TimingView {
  readonly timings: Timings;
  /** A remark beside a bar: `52.215.14.7:443`, "static keys". */
  readonly notes: Readonly<Partial<Record<Exclude<keyof Timings, "total">, string>>>;
  /** Label and value: remote address, protocol, proxy. */
  readonly connection: readonly Field[];
}

/** What is handed back when the panel is restored; the page keeps it and does not look into it. */
export interface RestoreKey {
  /** URI of the request file. */
  readonly document: string;
  /** Zero-based line of the request line. */
  readonly line: number;
  readonly name: string | null;
  /** Digest of its title, method and target, which a person may have typed a secret into. */
  readonly digest: string;
}

/** Everything but the body. */
export interface PanelView {
  /** Counts trips: a new number means that another request was sent. */
  readonly trip: number;
  readonly request: RequestHead;
  /** The same as it stands in the file, variables not expanded: what may be kept on disk. */
  readonly typed: RequestHead;
  /** Milliseconds since 1970: when it was sent. */
  readonly when: number;
  readonly identity: IdentityChip | null;
  readonly outcome: Outcome;
  readonly headers: HeadersView | null;
  readonly signing: SigningView | null;
  readonly timing: TimingView | null;
  /** Null when the answer is no refusal. */
  readonly diagnosis: DiagnosisView | null;
  /** Sentences worth knowing. */
  readonly notes: readonly string[];
  readonly restore: RestoreKey;
  /** True while the panel keeps its result and the next send opens another panel. */
  readonly pinned: boolean;
}

/** A body, ready to be shown. Text is redacted. */
export type BodyContent =
  | { readonly kind: "empty" }
  | {
      readonly kind: "text";
      readonly text: string;
      readonly language: BodyLanguage;
      readonly charset: string;
      /** What the text does not say any more: bytes that are none of its charset. */
      readonly note?: string;
    }
  /** The first bytes of what is not text, or is more than is ever shown. */
  | {
      readonly kind: "binary";
      readonly head: Uint8Array;
      readonly bytes: number;
      readonly isLarge?: boolean;
    }
  /** An image known by its first bytes. */
  | {
      readonly kind: "image";
      readonly mime: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
      readonly data: Uint8Array;
    }
  /** Too large to show unasked. */
  | { readonly kind: "large"; readonly bytes: number };

export type BodyLanguage = "json" | "xml" | "html" | "text";
