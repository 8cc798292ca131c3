import { serviceText } from "../../signing/scope.ts";
import type { TripPreview } from "../../trip/previewTrip.ts";
import { guessText } from "../identity/guessText.ts";

/** What sending a request will do, in the few words that a line has room for. */
export interface PreviewTitles {
  readonly isSigned: boolean;
  /** `dev @ eu-west-1`; `not signed`; null where the fault leaves nothing to be said. */
  readonly who: string | null;
  /** Why the send would end before anything is asked or sent: `needs @service`. */
  readonly fault: string | null;
}

/** `dev @ eu-west-1`, `dev` while the region is not known; of what is not signed, that it is not. */
export function previewTitles({ auth, signer, error }: TripPreview): PreviewTitles {
  const isSigned = auth?.kind === "sign";
  const fault = error === null ? null : (faults.get(error.code) ?? `not sent: ${error.code}`);
  return { isSigned, who: isSigned ? signerLabel({ signer, error }) : unsignedLabel(auth, error), fault };
}

/** Chance or time decides. */
const unforeseen = "known when it is sent";

function signerLabel({ signer, error }: Omit<TripPreview, "auth">): string | null {
  if (signer === null) return error === null ? unforeseen : null;
  const { who, orMachine, region, service } = signer;
  const known = who ?? unforeseen;
  const name = orMachine ? `${known} or this machine` : known;
  const where = guessText(region === null ? name : `${name} @ ${region.value}`, 60);
  const shown = service === null ? "" : serviceText(service);
  // What the request or its host says needs no word.
  return shown === (service?.value ?? "") ? where : `${where} · ${guessText(shown, 60)}`;
}

function unsignedLabel(auth: TripPreview["auth"], error: TripPreview["error"]): string | null {
  if (auth === null) return error === null ? unforeseen : null;
  return auth.kind === "asTyped" ? "sent as typed" : "not signed";
}

/** The errors that a person meets before the first send; the others are called by their code. */
const faults: ReadonlyMap<string, string> = new Map([
  ["E_REFUSED_UNTRUSTED", "workspace not trusted"],
  ["E_REFUSED_PLAIN_HTTP", "not sent over plain http"],
  ["E_AUTH_UNDECIDED", "needs @service or @auth none"],
  ["E_AUTH_TWICE", "authorised twice"],
  ["E_AUTH_EMPTY", "the authorisation is empty"],
  ["E_REGION_UNKNOWN", "needs @region"],
  ["E_ENV_KEYS", "the environment's keys are not whole"],
  ["E_PROFILE_NAME", "the profile's name is empty"],
  ["E_VARIABLE_UNKNOWN", "a variable is not defined"],
]);
