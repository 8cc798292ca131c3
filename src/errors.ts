/** The part of the trip in which something went wrong; `error.phase` in the JSON document. */
export type Phase =
  | "usage"
  | "file"
  | "resolve"
  | "guard"
  | "credentials"
  | "sign"
  | "dns"
  | "connect"
  | "proxy"
  | "tls"
  | "send"
  | "head"
  | "body"
  | "cancel"
  | "internal";

/** A failure of the trip that is data, not an exception. */
export interface TripError {
  /** Stable, `E_…`. */
  readonly code: string;
  /** A `Phase`. */
  readonly phase: string;
  readonly message: string;
  readonly hint: string | null;
  /** What was tried to get credentials, in order. */
  readonly tried?: readonly TriedStep[];
}

/** One thing that was tried, or would have been next. Holds no secret. */
export interface TriedStep {
  readonly text: string;
  readonly outcome: "found" | "skipped" | "failed";
}

/** What a `UserError` is made of. `message` is one sentence that names what and where, `hint` the one thing to do. */
export interface UserErrorDetail {
  /** Stable machine code, `E_…`. */
  readonly code: string;
  readonly phase: Phase;
  readonly message: string;
  readonly hint?: string;
  /** What was tried, in order; for credentials. */
  readonly tried?: readonly TriedStep[];
  readonly cause?: unknown;
}

/** The one error whose message is written for the person: shown as it is, without a stack. Holds no secret. */
export class UserError extends Error {
  /** By its name: the class exists once in each bundle, and one bundle's errors reach another's. */
  static override [Symbol.hasInstance](value: unknown): value is UserError {
    return value instanceof Error && value.name === "UserError";
  }

  override readonly name = "UserError";
  readonly code: string;
  readonly phase: Phase;
  readonly hint: string | undefined;
  readonly tried: readonly TriedStep[] | undefined;

  constructor(detail: UserErrorDetail) {
    super(detail.message, { cause: detail.cause });
    this.code = detail.code;
    this.phase = detail.phase;
    this.hint = detail.hint;
    this.tried = detail.tried;
  }
}
