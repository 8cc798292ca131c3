import type { TripError } from "../errors.ts";
import { createRedactor, type Redactor } from "../guard/redactor.ts";
import type { Header } from "../stages.ts";
import type { Trip } from "../trip/trip.ts";

/** The redactor of one trip: what its credentials are is known to it. Signatures are shown: they are what was asked for. */
export function redactorOf({ identity }: Pick<Trip, "identity">): Redactor {
  const credentials = identity?.credentials;
  return createRedactor(
    {
      accessKeyIds: credentials === undefined ? [] : [credentials.accessKeyId],
      secrets: credentials === undefined ? [] : [credentials.secretAccessKey],
      sessionTokens: credentials?.sessionToken === undefined ? [] : [credentials.sessionToken],
      privateValues: [],
    },
    { showSignature: true },
  );
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
    message: redactor.text(message),
    hint: hint === null ? null : redactor.text(hint),
    ...(tried !== undefined && {
      tried: tried.map(({ text, outcome }) => ({ text: redactor.text(text), outcome })),
    }),
  };
}
