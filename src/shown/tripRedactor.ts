import type { TripError } from "../errors.ts";
import { createRedactor, type KnownSecrets, type Redactor } from "../guard/redactor.ts";
import type { Header, Identity, Problem, ResolvedRequest } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";
import { sentSecrets } from "./sentSecrets.ts";

/** What of a trip must not be shown, and what of it is shown wherever it comes from. */
export type RedactedOf = Pick<Trip, "identity" | "plan" | "request" | "privateValues">;

/** A trip of which nothing is known. */
export const nobodysTrip: RedactedOf = { identity: null, plan: null, request: null, privateValues: [] };

/**
 * The redactor of one trip: it knows what its credentials and its private values are. Everything that is shown of a trip
 * goes through it. Signatures are shown: they are what was asked for.
 */
export function redactorOf(trip: RedactedOf): Redactor {
  return createRedactor(secretsOf(trip), { showSignature: true });
}

/** The same for what is kept or leaves the machine, such as a log: without signatures. */
export function recordRedactorOf(trip: RedactedOf): Redactor {
  return createRedactor(secretsOf(trip));
}

/** The redactor of what is shown of somebody who signs no request of a file. */
export function identityRedactor(identity: Identity | null): Redactor {
  return redactorOf({ ...nobodysTrip, identity });
}

function secretsOf(trip: RedactedOf): KnownSecrets {
  const credentials = trip.identity?.credentials;
  const shown = shownAnyway(trip);
  return {
    accessKeyIds: credentials === undefined ? [] : [credentials.accessKeyId],
    secrets: [
      ...(credentials === undefined ? [] : [credentials.secretAccessKey]),
      ...(trip.request === null ? [] : sentSecrets(trip.request)),
    ],
    sessionTokens: credentials?.sessionToken === undefined ? [] : [credentials.sessionToken],
    privateValues: trip.privateValues.filter((value) => !shown.has(value) && !shown.has(value.toLowerCase())),
  };
}

/**
 * Who signs and where it goes is shown, also when the private environment says it: a person has to see what they approve.
 * Only what holds is: the name of a profile that there is, the host of a URL that could be read.
 */
function shownAnyway({ plan, request }: RedactedOf): ReadonlySet<string> {
  const { region, service, connectTo } = request?.settings ?? {};
  const who = plan === null ? [] : [plan.profile, plan.role, plan.region?.value, plan.account];
  const scope = plan === null ? [] : [region?.value, service?.value];
  const hosts = request === null ? [] : hostForms(request);
  const shown = [...who, ...scope, ...hosts, connectTo?.value.host];
  return new Set(shown.filter((text) => text !== undefined && text !== null));
}

function hostForms({
  target: { scheme, host, authority },
}: Pick<ResolvedRequest, "target">): readonly string[] {
  const origin = `${scheme}//${authority}`;
  return [host, authority, origin, `${origin}/`];
}

/** The signature that we made is what was asked for; an Authorization that the person typed is theirs and hidden. */
export function sentValue({ name, value, origin }: Header, redactor: Redactor): string {
  const isOurSignature = origin === "signing" && name === "Authorization";
  return isOurSignature ? value : redactor.field(name, value);
}

/** A fault with nothing in it that must not be shown. */
export function redactedError(
  { code, phase, message, hint, tried }: TripError,
  redactor: Redactor,
): TripError {
  return {
    code,
    phase,
    message: redactor.message(message),
    hint: hint === null ? null : redactor.message(hint),
    ...(tried !== undefined && {
      tried: tried.map(({ text, outcome }) => ({ text: redactor.message(text), outcome })),
    }),
  };
}

/** The same problem when there is nothing to hide in it. */
export function redactedProblem(problem: Problem, redactor: Redactor): Problem {
  const message = redactor.message(problem.message);
  return message === problem.message ? problem : { ...problem, message };
}

/** A trip whose sentences hold nothing that must not be shown. What was sent and received stays as it is. */
export function redactedTrip(trip: Trip): Trip {
  const { error, notes } = trip;
  if (error === null && notes.length === 0) return trip;
  const redactor = redactorOf(trip);
  return {
    ...trip,
    error: error === null ? null : redactedError(error, redactor),
    notes: notes.map((note) => redactor.message(note)),
  };
}
