import { reasonText, timeText } from "../../shown/bodyText.ts";
import { recordRedactorOf } from "../../shown/tripRedactor.ts";
import { urlOf } from "../../signing/presignedTarget.ts";
import type { Trip } from "../../trip/trip.ts";

/** One line about a trip for the log: who, what, and what came of it. Signatures and private values are masked. */
export function logLine(trip: Trip, fileName: string): string {
  const { identity, request, signed, exchange, error } = trip;
  const redactor = recordRedactorOf(trip);
  const target = signed?.target ?? request?.target;
  const what =
    target === undefined
      ? `${fileName}:${trip.line + 1}`
      : `${request?.method ?? "GET"} ${urlOf(target)} (${fileName}:${trip.line + 1})`;
  const who =
    identity === null ? "" : `, ${identity.profile ?? "keys of the environment"} (${identity.kind})`;
  const response = exchange?.response ?? null;
  const reason = reasonText(redactor.text(response?.statusText ?? ""));
  const answer = response === null ? [] : [`${response.status} ${reason}`.trim()];
  const outcome = [...answer, ...(error === null ? [] : [`${error.code}: ${error.message}`])].join(", ");
  const came = outcome === "" ? "signed, not sent" : outcome;
  return oneLine(redactor.text(`${what} → ${came}, ${timeText(trip.timings.total)}${who}`));
}

/** What a server or a file says must not begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}
