import { type TripError, UserError } from "../errors.ts";
import type { IdentityPlan } from "../identity/resolveIdentity.ts";
import type { AuthDecision } from "../signing/authMode.ts";
import type {
  Exchange,
  Identity,
  Problem,
  RequestBlock,
  RequestFile,
  ResolvedRequest,
  SignedRequest,
  SigningScope,
  Timings,
} from "../stages.ts";

/** A request as far as its text goes: nothing was asked, no credential was touched, nothing was sent. */
export interface PreparedTrip {
  readonly name: string | null;
  readonly title: string;
  /** The request line as it is written, without its query: what a request without name and title is called. */
  readonly written?: string;
  /** Zero-based line of the request line. */
  readonly line: number;
  /** True when only who means this very request sends it: `# @disabled`. */
  readonly disabled?: boolean;
  /** Why it is left out where several are made; not there when it is made. */
  readonly skipped?: "@disabled";
  readonly problems: readonly Problem[];
  /** Null when its text has errors. */
  readonly request: ResolvedRequest | null;
  /** Null when nothing says whether to sign. */
  readonly auth: AuthDecision | null;
  readonly error: TripError | null;
  /** What its text took from private environments and environment variables, also when no request came of it. */
  readonly privateValues: readonly string[];
  /** Not there when nothing was resolved. */
  readonly again?: PrepareAgain;
}

/** The same with another text: the choices, files, times and random numbers of the first time hold, and nothing is asked. */
export interface PrepareAgain {
  readonly prepare: (file: RequestFile, block: RequestBlock) => Promise<PreparedTrip>;
  readonly scope: (request: ResolvedRequest, plan: IdentityPlan) => SigningScope;
}

/** Everything that came of one request. What was not reached is null, and `error` says why. */
export interface Trip extends PreparedTrip {
  /** Who was to sign; known before there are credentials. */
  readonly plan: IdentityPlan | null;
  readonly identity: Identity | null;
  /** The request as it goes on the wire, signed or unsigned on purpose. */
  readonly signed: SignedRequest | null;
  readonly exchange: Exchange | null;
  readonly timings: Timings;
  /** Certificates (PEM) that were trusted for it beside those that count everywhere. */
  readonly roots?: readonly string[];
  /** Sentences worth knowing: a region that contradicts the host, for example. */
  readonly notes: readonly string[];
}

/** Nothing took any time so far. */
export const notYet: Timings = {
  credentials: null,
  sign: null,
  proxy: null,
  dns: null,
  connect: null,
  tls: null,
  firstByte: null,
  download: null,
  total: 0,
};

/** What a person is told who sends a request that is not sent with all the others. */
export function disabledNote({ disabled = false }: Pick<PreparedTrip, "disabled">): readonly string[] {
  return disabled ? ["this request is @disabled: it is sent because you chose it; --all leaves it out"] : [];
}

/** A trip of which only the text is known. */
export function startedTrip(prepared: PreparedTrip): Trip {
  return {
    ...prepared,
    plan: null,
    identity: null,
    signed: null,
    exchange: null,
    timings: notYet,
    notes: [],
  };
}

/** The trip with its answer, or with the fault that took its place. */
export function arrivedTrip(trip: Trip, exchange: Exchange): Trip {
  return { ...trip, exchange, error: exchange.error, timings: { ...trip.timings, ...exchange.timings } };
}

/** A request that goes out as it is: nobody signs it, on purpose. */
export function unsignedRequest({ method, target, headers, body }: ResolvedRequest): SignedRequest {
  return { method, target, headers, body, trace: null };
}

/**
 * A failure that a person can mend, as data.
 * @throws what is not a UserError: a bug, which must not look like one
 */
export function tripErrorOf(error: unknown): TripError {
  if (!(error instanceof UserError)) throw error;
  const { code, phase, message, hint = null, tried } = error;
  return { code, phase, message, hint, ...(tried !== undefined && { tried }) };
}

/** The first error of a request's text, as the error of its trip. */
export function errorInText(problems: readonly Problem[], fileName: string): TripError | null {
  const first = problems.find(({ severity }) => severity === "error");
  if (first === undefined) return null;
  const { line, column } = first.range.start;
  const place = `${fileName}:${line + 1}:${column + 1}`;
  return { code: first.code, phase: "file", message: `${place}: ${first.message}`, hint: null };
}
