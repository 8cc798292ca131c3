import type { FinishedStep, Outcome, PanelView, TripStep } from "../../page/view.ts";
import { nobodysTrip, redactorOf } from "../../shown/tripRedactor.ts";
import { scopeServiceText } from "../../signing/scope.ts";
import type { TransferEvent } from "../../transport/sendOptions.ts";
import type { PreparedTrip, Trip } from "../../trip/trip.ts";
import { identityChip } from "./identityChip.ts";
import { redactedHead, resolvedHead } from "./requestHead.ts";
import type { PanelFrame } from "./tripView.ts";

/** How far a trip has come, for as long as it lasts. */
export interface Progress {
  readonly prepared: PreparedTrip | null;
  readonly trip: Trip | null;
  readonly done: readonly FinishedStep[];
  readonly current: FinishedStep;
  /** Bytes of the answer so far. */
  readonly received: number;
}

const stepTexts: Readonly<Record<TripStep, string>> = {
  prepare: "Reading the request",
  credentials: "Getting credentials",
  sign: "Signing",
  proxy: "Waiting for the proxy",
  dns: "Looking up the name",
  connect: "Connecting",
  tls: "Securing the connection (TLS)",
  wait: "Waiting for the first byte",
  download: "Receiving the body",
};

const doneTexts: Readonly<Partial<Record<TripStep, string>>> = {
  proxy: "Through the proxy",
  dns: "Name looked up",
  connect: "Connected",
  tls: "Connection secured (TLS)",
  wait: "Answer began",
};

/** The progress of a trip that has just begun. */
export const begun: Progress = {
  prepared: null,
  trip: null,
  done: [],
  current: { step: "prepare", text: stepTexts.prepare },
  received: 0,
};

/** The text is read; credentials come next, when the request is signed. */
export function afterPreparing(progress: Progress, prepared: PreparedTrip): Progress {
  const signs = prepared.auth?.kind === "sign";
  return { ...progress, prepared, current: currentStep(signs ? "credentials" : "connect") };
}

/** More of the trip is known: who signs, or the signature. */
export function afterAdvance(progress: Progress, trip: Trip): Progress {
  const { identity, signed } = trip;
  const scope = signed?.trace?.scope;
  const steps: FinishedStep[] = [];
  if (identity !== null)
    steps.push({
      step: "credentials",
      text: `Credentials from ${identity.profile ?? "the environment"} (${identity.kind})`,
    });
  if (scope !== undefined)
    steps.push({ step: "sign", text: `Signed for ${scopeServiceText(scope)} in ${scope.region}` });
  return { ...progress, trip, done: steps, current: currentStep(signed === null ? "sign" : "connect") };
}

/** Something happened on the wire. Returns the same progress when nothing of it is shown. */
export function afterTransfer(progress: Progress, event: TransferEvent): Progress {
  switch (event.type) {
    case "phase":
      return enter(progress, wireSteps[event.phase]);
    case "chunk":
      return { ...progress, received: event.received };
    default:
      return progress;
  }
}

type WirePhase = Extract<TransferEvent, { readonly type: "phase" }>["phase"];

const wireSteps: Readonly<Record<WirePhase, TripStep>> = {
  dns: "dns",
  connect: "connect",
  proxy: "proxy",
  tls: "tls",
  send: "wait",
  head: "wait",
  body: "download",
};

function enter(progress: Progress, step: TripStep): Progress {
  const { current, done } = progress;
  if (current.step === step) return progress;
  const text = doneTexts[current.step];
  // "Connecting" stands there from the signature on; what comes before it on the wire takes its place.
  const isPassed = text !== undefined && (step !== "dns" || current.step !== "connect");
  return {
    ...progress,
    done: isPassed ? [...done, { step: current.step, text }] : done,
    current: currentStep(step),
  };
}

function currentStep(step: TripStep): FinishedStep {
  return { step, text: stepTexts[step] };
}

/** A trip that is under way, as the panel shows it. */
export function sendingView(
  { prepared, trip, done, current, received }: Progress,
  frame: PanelFrame,
): PanelView {
  const redactor = redactorOf(trip ?? { ...nobodysTrip, ...prepared });
  const outcome: Outcome = {
    kind: "sending",
    sends: frame.sends,
    done,
    current,
    started: frame.when,
    received,
  };
  return {
    trip: frame.trip,
    request:
      prepared === null ? redactedHead(frame.head, redactor) : resolvedHead(prepared, frame.head, redactor),
    typed: redactedHead(frame.head, redactor),
    when: frame.when,
    identity: trip === null ? null : identityChip(trip),
    outcome,
    headers: null,
    signing: null,
    timing: null,
    diagnosis: null,
    notes: [],
    restore: frame.restore,
    pinned: frame.pinned,
  };
}
