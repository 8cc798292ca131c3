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

/** What a `UserError` is made of. `message` is one sentence that names what and where, `hint` the one thing to do. */
export interface UserErrorDetail {
  /** Stable machine code, `E_…`. */
  readonly code: string;
  readonly phase: Phase;
  readonly message: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error whose message is written for the person: shown as it is, without a stack. Holds no secret. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: string;
  readonly phase: Phase;
  readonly hint: string | undefined;

  constructor(detail: UserErrorDetail) {
    super(detail.message, { cause: detail.cause });
    this.code = detail.code;
    this.phase = detail.phase;
    this.hint = detail.hint;
  }
}
