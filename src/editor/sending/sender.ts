import * as vscode from "vscode";
import type { RestoreKey } from "../../page/view.ts";
import type { Answer } from "../../questions.ts";
import type { Trip } from "../../trip/trip.ts";
import { placeOfDocument } from "../documentPlace.ts";
import type { Picks } from "../identity/picks.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { Log } from "../log.ts";
import type { Outcomes } from "../outcomes.ts";
import type { ResponsePanels } from "../panel/responsePanels.ts";
import { keyOfTarget, type RequestTarget, requestKey, targetOfKey } from "../requestTarget.ts";
import { settingsFor } from "../settings.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { EditorQuestion, TripInput } from "../trips/tripInput.ts";
import type { EditorApprovals } from "../trust/approvals.ts";
import { outcomeText } from "./outcomeText.ts";
import { createProgressReporter } from "./progressReporter.ts";
import type { SendProblems } from "./sendProblems.ts";

/** What sending takes from the editor. */
export interface SenderDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly approvals: EditorApprovals;
  readonly outcomes: Outcomes;
  readonly panels: ResponsePanels;
  readonly problems: SendProblems;
  readonly log: Log;
  readonly runner: () => Promise<TripRunner>;
  readonly ask: (question: EditorQuestion) => Promise<Answer>;
  /** Absolute path of a folder for large bodies. */
  readonly storageDirectory: string;
}

export interface Sender extends vscode.Disposable {
  send(target: RequestTarget): Promise<void>;
  /** Signs, shows how, and sends nothing. */
  explain(target: RequestTarget): Promise<void>;
  /** Signs without a panel, for what is copied. */
  sign(target: RequestTarget): Promise<Trip>;
  /** Sends the last request of this window again; false when there was none. */
  sendAgain(): Promise<boolean>;
  /** Ends the trip with that number, else the last one that is under way; false when there is none. */
  cancel(trip?: number): boolean;
}

interface Run {
  readonly number: number;
  readonly key: string;
  readonly mutating: boolean;
  readonly controller: AbortController;
}

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Sends requests and shows what comes of them. The same request again ends the one before; others run side by side. */
export function createSender(deps: SenderDeps): Sender {
  const runs = new Map<number, Run>();
  let count = 0;
  let last: RestoreKey | null = null;
  const begin = (target: RequestTarget): Run => {
    count += 1;
    const mutating = !readingMethods.has(target.block.method.text);
    const run = { number: count, key: requestKey(target), mutating, controller: new AbortController() };
    runs.set(run.number, run);
    return run;
  };
  const inPanel = async (target: RequestTarget, until: "sign" | "send"): Promise<void> => {
    if (!(await endsSame(target, runs))) return;
    last = keyOfTarget(target);
    const run = begin(target);
    try {
      await showTrip(target, until, run, deps);
    } finally {
      runs.delete(run.number);
    }
  };
  return {
    send: (target) => inPanel(target, "send"),
    explain: (target) => inPanel(target, "sign"),
    async sign(target) {
      const runner = await deps.runner();
      const { signal } = new AbortController();
      const { cache } = runner;
      const effects = { ...quietEffects, ask: deps.ask, store: deps.approvals, cache, signal };
      const { trip } = await runner.makeTrip(inputOf(target, deps), "sign", runner.thisMachine(), effects);
      return trip;
    },
    async sendAgain() {
      const target = last === null ? null : await targetOfKey(last, deps.parsed);
      if (target === null) return false;
      await inPanel(target, "send");
      return true;
    },
    cancel(trip) {
      const run = trip === undefined ? [...runs.values()].at(-1) : runs.get(trip);
      run?.controller.abort();
      return run !== undefined;
    },
    dispose() {
      for (const { controller } of runs.values()) controller.abort();
    },
  };
}

const quietEffects = { onPrepared: () => undefined, onAdvance: () => undefined, onTransfer: () => undefined };

/** Ends a run of the same request; asks first when that one may have changed something. False when it is to go on. */
async function endsSame(target: RequestTarget, runs: ReadonlyMap<number, Run>): Promise<boolean> {
  const key = requestKey(target);
  const same = [...runs.values()].filter((run) => run.key === key);
  if (same.some(({ mutating }) => mutating)) {
    const wait = { title: vscode.l10n.t("Let It Go On") };
    const again = { title: vscode.l10n.t("Cancel and Send Again") };
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("This request is still under way, and may have changed something already."),
      { modal: true, detail: vscode.l10n.t("Sending it again may do twice what it does.") },
      wait,
      again,
    );
    if (answer !== again) return false;
  }
  for (const { controller } of same) controller.abort();
  return true;
}

async function showTrip(
  target: RequestTarget,
  until: "sign" | "send",
  run: Run,
  deps: SenderDeps,
): Promise<void> {
  const runner = await deps.runner();
  const { panels, outcomes, log } = deps;
  const { document, block } = target;
  const { fileName } = placeOfDocument(document);
  const frame = {
    trip: run.number,
    when: Date.now(),
    head: runner.typedHead(block, fileName),
    fileName,
    restore: keyOfTarget(target),
    pinned: false,
  };
  const progress = createProgressReporter(
    runner,
    frame,
    (view) => panels.show({ view, trip: null, body: null }),
    deps.ask,
  );
  const effects = {
    ...progress.effects,
    store: deps.approvals,
    cache: runner.cache,
    signal: run.controller.signal,
  };
  try {
    const made = await runner.makeTrip(inputOf(target, deps), until, runner.thisMachine(), effects);
    progress.end();
    const { trip, notes } = made;
    log.info(runner.logLine(trip, fileName));
    outcomes.set(target, outcomeText(trip));
    const view = runner.tripView(trip, notes, frame);
    deps.problems.show(target, trip, "fault" in view.outcome ? (view.outcome.fault?.message ?? null) : null);
    const response = trip.exchange?.response ?? null;
    const body = response === null ? null : await runner.bodyContent(trip, response, true);
    panels.show({ view, trip, body }, until === "sign" && trip.error === null ? "signing" : undefined);
  } catch (bug) {
    progress.end();
    log.bug(`${fileName}:${block.method.range.start.line + 1}`, bug);
    panels.show({ view: runner.bugView(frame), trip: null, body: null });
  }
}

function inputOf(target: RequestTarget, { picks, storageDirectory }: SenderDeps): TripInput {
  const { document, block } = target;
  const settings = settingsFor(document);
  const place = placeOfDocument(document);
  return {
    ...place,
    text: document.getText(),
    line: block.method.range.start.line,
    trusted: vscode.workspace.isTrusted,
    environment: picks.environment(place.folder),
    pickedProfile: picks.sessionProfile(place.folder),
    configuredProfile: picks.folderProfile(place.folder) ?? settings.profile,
    configuredRegion: settings.region,
    sendAs: null,
    protectedProfiles: settings.protectedProfiles,
    machineCredentials: settings.machineCredentials,
    allowPlainHttpHosts: settings.allowPlainHttpHosts,
    allowedProcessEnv: settings.allowedProcessEnv,
    timeout: settings.timeout,
    storageDirectory,
  };
}
