import type { Field } from "../stages.ts";
import type { AwsPlace } from "./refused.ts";

/** A question to STS or IAM, signed with the credentials of the refused request. */
export interface AwsQuestion {
  readonly kind: "aws";
  readonly service: "sts" | "iam";
  readonly at: AwsPlace;
  /** The fields of the form, `Action` and `Version` among them. */
  readonly form: Readonly<Record<string, string>>;
}

/**
 * A request to the host that refused. It has no body, no query and no header of the person's, and its method changes
 * nothing: there is no way to say POST here.
 */
export interface RouteQuestion {
  readonly kind: "route";
  readonly method: "GET" | "OPTIONS";
  readonly path: string;
  /** With the same credentials, for the same region and service. */
  readonly signed: boolean;
}

export type Question = AwsQuestion | RouteQuestion;

/** An answer and when it came, by this machine's clock in milliseconds since 1970. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Field[];
  /** The beginning of the body. */
  readonly body: string;
  readonly asked: number;
  readonly answered: number;
}

/** Everything that checks do to the world. */
export interface CheckEffects {
  /**
   * Sends one request.
   * @throws UserError when nothing, or no whole answer, came back
   */
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
  /**
   * The addresses of a host; none when it has none.
   * @throws UserError when nobody could say
   */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  /** Milliseconds for each check. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** What a probe may do: bounded in time, and nothing is asked twice in one run. */
export interface ProbeEffects {
  readonly ask: (question: Question) => Promise<Answer>;
  readonly lookup: CheckEffects["lookup"];
}
