import type * as vscode from "vscode";
import type { PanelTab } from "../../page/protocol.ts";
import type { RestoreKey } from "../../page/view.ts";
import type { Ask } from "../../questions.ts";
import type { Trip } from "../../trip/trip.ts";
import type { ClockOffset } from "../doctor/clockOffset.ts";
import type { RefusedRequests } from "../doctor/refusedRequests.ts";
import { placeOfDocument } from "../documentPlace.ts";
import type { KnownIdentities } from "../identity/knownIdentities.ts";
import type { Picks } from "../identity/picks.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { Log } from "../log.ts";
import type { Outcomes } from "../outcomes.ts";
import type { ResponsePanels } from "../panel/responsePanels.ts";
import { keyOfTarget, type RequestTarget, targetOfKey } from "../requestTarget.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { SendAs } from "../trips/tripInput.ts";
import type { PanelFrame } from "../trips/tripView.ts";
import type { EditorApprovals } from "../trust/approvals.ts";
import { createIdentityLookup, type IdentityLookup } from "./identityLookup.ts";
import { outcomeText } from "./outcomeText.ts";
import { createProgressReporter } from "./progressReporter.ts";
import { createRuns, type Run } from "./runs.ts";
import type { SendProblems } from "./sendProblems.ts";
import { tripInputOf } from "./tripInputOf.ts";

/** What sending takes from the editor. */
export interface SenderDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly approvals: EditorApprovals;
  readonly outcomes: Outcomes;
  readonly identities: KnownIdentities;
  readonly panels: ResponsePanels;
  readonly problems: SendProblems;
  readonly refused: RefusedRequests;
  readonly clock: ClockOffset;
  readonly log: Log;
  readonly runner: () => Promise<TripRunner>;
  readonly ask: Ask;
  /** Absolute path of a folder for large bodies. */
  readonly storageDirectory: string;
}

export interface Sender extends vscode.Disposable {
  send(target: RequestTarget): Promise<void>;
  /** Sends it once as another profile or role, or for another region, beside the answer that is there. */
  sendAs(target: RequestTarget, as: SendAs): Promise<void>;
  /** Signs, shows how, and sends nothing. */
  explain(target: RequestTarget): Promise<void>;
  /** Signs without a panel, for what is copied. */
  sign(target: RequestTarget): Promise<Trip>;
  /** Sends the last request of this window again; false when there was none. */
  sendAgain(): Promise<boolean>;
  /** Ends the trip with that number, else the last one that is under way; false when there is none. */
  cancel(trip?: number): boolean;
}

/** Sends requests and shows what comes of them. The same request again ends the one before; others run side by side. */
export function createSender(deps: SenderDeps): Sender {
  const runs = createRuns();
  let last: RestoreKey | null = null;
  const lookup = createIdentityLookup(deps.runner, deps.log);
  const show = async (target: RequestTarget, until: "sign" | "send", sendAs: SendAs | null) => {
    const run = runs.begin(target);
    try {
      await showTrip(target, { until, sendAs, run, lookup }, deps);
    } finally {
      runs.end(run);
    }
  };
  const inPanel = async (target: RequestTarget, until: "sign" | "send"): Promise<void> => {
    if (!(await runs.endSame(target))) return;
    last = keyOfTarget(target);
    await show(target, until, null);
  };
  return {
    send: (target) => inPanel(target, "send"),
    sendAs: (target, as) => show(target, "send", as),
    explain: (target) => inPanel(target, "sign"),
    async sign(target) {
      const runner = await deps.runner();
      const { signal } = new AbortController();
      const { cache } = runner;
      const effects = { ...quietEffects, ask: deps.ask, store: deps.approvals, cache, signal };
      const { trip } = await runner.makeTrip(
        tripInputOf(target, deps),
        "sign",
        runner.thisMachine(),
        effects,
      );
      return trip;
    },
    async sendAgain() {
      const target = last === null ? null : await targetOfKey(last, deps.parsed);
      if (target === null) return false;
      await inPanel(target, "send");
      return true;
    },
    cancel: (trip) => runs.cancel(trip),
    dispose: () => runs.cancelAll(),
  };
}

const quietEffects = { onPrepared: () => undefined, onAdvance: () => undefined, onTransfer: () => undefined };

/** How one trip is made. */
interface Showing {
  readonly until: "sign" | "send";
  readonly sendAs: SendAs | null;
  readonly run: Run;
  readonly lookup: IdentityLookup;
}

async function showTrip(
  target: RequestTarget,
  { until, sendAs, run, lookup }: Showing,
  deps: SenderDeps,
): Promise<void> {
  const runner = await deps.runner();
  const { panels, outcomes, log } = deps;
  const frame = frameOf(target, run, sendAs, runner);
  const progress = createProgressReporter(
    runner,
    frame,
    (view) => panels.show({ view, trip: null, body: null, findings: [] }),
    deps.ask,
  );
  const { signal } = run.controller;
  const effects = { ...progress.effects, store: deps.approvals, cache: runner.cache, signal };
  const input = tripInputOf(target, deps, sendAs);
  try {
    const { trip, notes } = await runner.makeTrip(input, until, runner.thisMachine(), effects);
    progress.end();
    log.info(runner.logLine(trip, frame.fileName));
    outcomes.set(target, outcomeText(trip));
    const diagnosis = await runner.editorDiagnosis(trip, input);
    const view = runner.tripView(trip, notes, frame, diagnosis?.view);
    const findings = diagnosis?.findings ?? [];
    if (until === "send") await deps.refused.show(target, findings, runner.redactorOf(trip).text);
    deps.problems.show(target, trip, "fault" in view.outcome ? (view.outcome.fault?.message ?? null) : null);
    const response = trip.exchange?.response ?? null;
    const body = response === null ? null : await runner.bodyContent(trip, response, true);
    panels.show({ view, trip, body, findings }, tabFor(trip, until, diagnosis !== null));
    remember(trip, deps);
    const called = until === "send" ? await lookup.look(trip, input, effects) : null;
    if (called === null) return;
    remember(called, deps);
    panels.update(runner.tripView(called, notes, frame, diagnosis?.view), called);
  } catch (bug) {
    progress.end();
    log.bug(frame.restore.document, bug);
    panels.show({ view: runner.bugView(frame), trip: null, body: null, findings: [] });
  }
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
  run: Run,
  sendAs: SendAs | null,
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
  };
}
