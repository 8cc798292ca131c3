import type { PanelTab } from "../../page/protocol.ts";
import type { Trip } from "../../trip/trip.ts";
import { runChecks } from "../doctor/runChecks.ts";
import { placeOfDocument } from "../documentPlace.ts";
import { keyOfTarget, type RequestTarget } from "../requestTarget.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { SendAs, TripInput } from "../trips/tripInput.ts";
import type { PanelFrame } from "../trips/tripView.ts";
import type { IdentityLookup } from "./identityLookup.ts";
import { outcomeText } from "./outcomeText.ts";
import { createProgressReporter } from "./progressReporter.ts";
import type { Run } from "./runs.ts";
import type { SenderDeps } from "./senderDeps.ts";
import { tripInputOf } from "./tripInputOf.ts";

/** How one trip is made. */
export interface Showing {
  readonly until: "sign" | "send";
  readonly sendAs: SendAs | null;
  readonly run: Run;
  readonly lookup: IdentityLookup;
}

/** Makes a trip and shows it in a panel from its beginning on; what comes of it stays with the request. */
export async function showTrip(target: RequestTarget, showing: Showing, deps: SenderDeps): Promise<void> {
  const runner = await deps.runner();
  const { until, sendAs, run } = showing;
  const frame = frameOf(target, showing, runner);
  const progress = createProgressReporter(
    runner,
    frame,
    (view) => deps.panels.show({ view, trip: null, body: null, findings: [] }),
    deps.ask,
  );
  const { signal } = run.controller;
  const effects = { ...progress.effects, store: deps.approvals, cache: runner.cache, signal };
  const input = tripInputOf(target, deps, sendAs);
  try {
    const made = await runner.makeTrip(input, until, runner.thisMachine(), effects);
    progress.end();
    deps.log.info(runner.logLine(made.trip, frame.fileName));
    deps.outcomes.set(target, outcomeText(made.trip, runner.redactorOf(made.trip).text));
    await showMade(target, { ...made, input, effects, frame }, showing, deps, runner);
  } catch (bug) {
    progress.end();
    deps.log.bug(frame.restore.document, bug);
    deps.panels.show({ view: runner.bugView(frame), trip: null, body: null, findings: [] });
  }
}

/** A trip that ended, with what it was made of. */
interface Made {
  readonly trip: Trip;
  readonly notes: readonly string[];
  readonly input: TripInput;
  readonly effects: Parameters<TripRunner["makeTrip"]>[3];
  readonly frame: PanelFrame;
}

async function showMade(
  target: RequestTarget,
  { trip, notes, input, effects, frame }: Made,
  { until, lookup }: Showing,
  deps: SenderDeps,
  runner: TripRunner,
): Promise<void> {
  const diagnosis = await runner.editorDiagnosis(trip, input);
  let known = { trip, diagnosis };
  const drawn = () => {
    const view = runner.tripView(known.trip, notes, frame, known.diagnosis?.view);
    return { view, trip: known.trip, findings: known.diagnosis?.findings ?? [] };
  };
  const first = drawn();
  if (until === "send") deps.refused.show(target, first.findings, runner.redactorOf(trip).text);
  const { outcome } = first.view;
  deps.problems.show(target, trip, "fault" in outcome ? (outcome.fault?.message ?? null) : null);
  const response = trip.exchange?.response ?? null;
  const body = response === null ? null : await runner.bodyContent(trip, response, true);
  const show = (checked: NonNullable<typeof diagnosis>): void => {
    known = { ...known, diagnosis: checked };
    deps.panels.update(drawn());
  };
  const refusal = diagnosis && { trip, diagnosis, input, effects: { ...effects, ask: deps.ask }, show };
  const check = async () => (refusal === null ? undefined : runChecks(refusal, runner));
  deps.panels.show({ ...first, body, runChecks: check }, tabFor(trip, until, diagnosis !== null));
  remember(trip, deps);
  const called = until === "send" ? await lookup.look(trip, input, effects) : null;
  if (called === null) return;
  remember(called, deps);
  known = { ...known, trip: called };
  deps.panels.update(drawn());
}

/** The tab that opens by itself: how it was signed when that was asked for, why it was refused when it was. */
function tabFor({ error }: Trip, until: "sign" | "send", isDiagnosed: boolean): PanelTab | undefined {
  if (until === "sign" && error === null) return "signing";
  return isDiagnosed ? "diagnosis" : undefined;
}

/** Who signed, for the status bar and the hover. */
function remember({ identity, request }: Trip, { identities }: SenderDeps): void {
  if (identity === null) return;
  identities.remember(identity.profile, request?.settings.role?.value ?? null, identity);
}

function frameOf(
  { document, block }: RequestTarget,
  { until, run, sendAs }: Showing,
  runner: TripRunner,
): PanelFrame {
  const { fileName } = placeOfDocument(document);
  const head = runner.typedHead(block, fileName);
  const called = head.title === "" ? `${head.method} ${head.path}` : head.title;
  return {
    trip: run.number,
    when: Date.now(),
    head: sendAs === null ? head : { ...head, title: `${sendAs.value}: ${called}` },
    fileName,
    restore: keyOfTarget({ document, block }),
    // It is there to be compared: the next send does not take its place.
    pinned: sendAs !== null,
    sends: until === "send",
  };
}
