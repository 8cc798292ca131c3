import type { TripError } from "../../errors.ts";
import type { Redactor } from "../../guard/redactor.ts";
import type { DiagnosisView } from "../../page/diagnosisView.ts";
import type { AnswerHead, FaultKind, Outcome, PanelView, RequestHead, RestoreKey } from "../../page/view.ts";
import { reasonText } from "../../shown/bodyText.ts";
import { redirectTargets } from "../../shown/redirects.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import type { ExchangeResponse, Field } from "../../stages.ts";
import type { Trip } from "../../trip/trip.ts";
import { faultView } from "./faultView.ts";
import { headersView } from "./headersView.ts";
import { identityChip } from "./identityChip.ts";
import { redactedHead, resolvedHead } from "./requestHead.ts";
import { signingPanel } from "./signingPanel.ts";
import { timingView } from "./timingView.ts";

/** What the panel knows of a trip beside the trip. */
export interface PanelFrame {
  readonly trip: number;
  /** Milliseconds since 1970. */
  readonly when: number;
  readonly head: RequestHead;
  readonly fileName: string;
  readonly restore: RestoreKey;
  readonly pinned: boolean;
  /** False when it is only signed. */
  readonly sends: boolean;
}

/** An ended trip as the panel shows it. Everything in it is redacted. */
export function tripView(
  trip: Trip,
  notes: readonly string[],
  frame: PanelFrame,
  diagnosis: DiagnosisView | null = null,
): PanelView {
  const redactor = redactorOf(trip);
  const response = trip.exchange?.response ?? null;
  const { request, signed, identity } = trip;
  const trace = signed?.trace ?? null;
  return {
    trip: frame.trip,
    request: resolvedHead(trip, frame.head, redactor),
    typed: redactedHead(frame.head, redactor),
    when: frame.when,
    identity: identityChip(trip),
    outcome: outcomeOf(trip, response, redactor),
    headers: headersView(signed, response, redactor),
    signing:
      request === null || signed === null || trace === null || identity === null
        ? null
        : signingPanel({ request, signed, trace, identity }, frame.fileName, redactor),
    timing: timingView(trip, redactor),
    diagnosis,
    notes: [...notes, ...trip.notes, ...(response?.warnings ?? [])].map((note) => redactor.text(note)),
    restore: frame.restore,
    pinned: frame.pinned,
  };
}

function outcomeOf(trip: Trip, response: ExchangeResponse | null, redactor: Redactor): Outcome {
  const { error } = trip;
  if (error?.phase === "cancel") return { kind: "cancelled", step: redactor.message(error.message) };
  if (response !== null) {
    const answer = answerHead(response, redactor);
    return error === null
      ? { kind: "answered", answer, fault: null }
      : { kind: "cut", answer, fault: faultView(error, redactor) };
  }
  if (error === null) return { kind: "explained" };
  return { kind: faultKind(error), fault: faultView(error, redactor) };
}

function faultKind({ phase, code }: TripError): FaultKind {
  switch (phase) {
    case "guard":
      return "refused";
    case "credentials":
      return code === "E_PROCESS_NOT_APPROVED" ? "refused" : "noCredentials";
    case "usage":
    case "file":
    case "resolve":
    case "sign":
      return "text";
    case "internal":
      return "failed";
    default:
      return "network";
  }
}

function answerHead(response: ExchangeResponse, redactor: Redactor): AnswerHead {
  const { status, statusText, answeredBy, httpVersion, body, encodedBody, headers } = response;
  const encoding = fieldOf(headers, "content-encoding") ?? "";
  const redirects = redirectTargets(response, redactor);
  return {
    status,
    statusText: reasonText(redactor.text(statusText)),
    answeredBy,
    httpVersion,
    bytes: body.size,
    encoded: encodedBody === null ? null : { bytes: encodedBody.size, encoding },
    contentType: redactor.text(fieldOf(headers, "content-type") ?? ""),
    ...(redirects.length > 0 && { redirects }),
  };
}

function fieldOf(headers: readonly Field[], name: string): string | undefined {
  return headers.find(([found]) => found.toLowerCase() === name)?.[1];
}
