import type { TripError } from "../errors.ts";
import type { Exchange } from "../stages.ts";

/** What the process says of itself when it ends. */
export const exitCodes = {
  good: 0,
  refusedByServer: 1,
  usage: 2,
  refusedByUs: 3,
  incomplete: 4,
  bug: 70,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** By the phase in which a trip ended. A table, so that a new phase must be given its code here. */
const codeOfPhase: Readonly<Record<string, number>> = {
  usage: exitCodes.usage,
  file: exitCodes.usage,
  resolve: exitCodes.usage,
  sign: exitCodes.usage,
  guard: exitCodes.refusedByUs,
  credentials: exitCodes.refusedByUs,
  dns: exitCodes.incomplete,
  connect: exitCodes.incomplete,
  proxy: exitCodes.incomplete,
  tls: exitCodes.incomplete,
  send: exitCodes.incomplete,
  head: exitCodes.incomplete,
  body: exitCodes.incomplete,
  cancel: exitCodes.incomplete,
  internal: exitCodes.bug,
};

/** The code of one error. */
export function exitCodeOfError(error: Pick<TripError, "phase">): number {
  return codeOfPhase[error.phase] ?? exitCodes.bug;
}

/** The code of one request: its error's, else by the status of its answer. */
export function exitCodeOfTrip(trip: {
  readonly error: TripError | null;
  readonly exchange: Exchange | null;
}): number {
  if (trip.error !== null) return exitCodeOfError(trip.error);
  const status = trip.exchange?.response?.status;
  return status !== undefined && status >= 400 ? exitCodes.refusedByServer : exitCodes.good;
}

/** From good to worst; the code of several requests is the worst of theirs. */
const severity: readonly number[] = [
  exitCodes.good,
  exitCodes.refusedByServer,
  exitCodes.usage,
  exitCodes.refusedByUs,
  exitCodes.incomplete,
  exitCodes.bug,
];

/** The worst of several codes. */
export function worstExitCode(codes: readonly number[]): number {
  return codes.reduce((worst, code) => (severity.indexOf(code) > severity.indexOf(worst) ? code : worst), 0);
}
