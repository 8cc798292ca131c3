import { join } from "node:path";
import * as vscode from "vscode";
import type { CommandName } from "./commandIds.ts";
import { commandHandlers } from "./commands/handlers.ts";
import type { CommandHandler } from "./commands/requestCommand.ts";
import { createLocalEndpoints } from "./commands/tryWithoutAws.ts";
import { createClockOffset } from "./doctor/clockOffset.ts";
import { createRefusedRequests } from "./doctor/refusedRequests.ts";
import { told } from "./faultMessage.ts";
import { createAwsFileWatch } from "./identity/awsFileWatch.ts";
import type { KnownIdentities } from "./identity/knownIdentities.ts";
import type { Picks } from "./identity/picks.ts";
import type { ParsedDocuments } from "./language/parsedDocuments.ts";
import { createLog } from "./log.ts";
import type { Outcomes } from "./outcomes.ts";
import { panelActions } from "./panel/panelActions.ts";
import { createResponsePanels } from "./panel/responsePanels.ts";
import { createSender, type Sender } from "./sending/sender.ts";
import { createSendProblems, type SendProblemsDeps } from "./sending/sendProblems.ts";
import { inputAround, type TripInputDeps } from "./sending/tripInputOf.ts";
import { createRunner, type RunnerLoader } from "./trips/loadRunner.ts";
import { createApprovals } from "./trust/approvals.ts";
import { askPerson } from "./trust/askDialog.ts";

/** What a session shares with the language features. */
export interface SessionDeps {
  readonly context: vscode.ExtensionContext;
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly outcomes: Outcomes;
  readonly identities: KnownIdentities;
}

/** Everything that commands and panels need, made when the first of them is used. */
export interface Session extends vscode.Disposable {
  run(name: CommandName, id: string, args: readonly unknown[]): Promise<void>;
  /** Takes over a panel that came back with the window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

/** Makes the session of a window. */
export function createSession({ context, parsed, picks, outcomes, identities }: SessionDeps): Session {
  const { extensionUri, globalState } = context;
  const storageDirectory = bodiesFolder(context);
  const log = createLog();
  const approvals = createApprovals(globalState, tellOfOutdated);
  const endpoints = createLocalEndpoints();
  const files = createAwsFileWatch(identities);
  const runner = createRunner(storageDirectory, files.begin);
  const clock = createClockOffset(context.workspaceState);
  const actions = panelActions({ parsed, log, clock, runner: runner.load, sender: (): Sender => sender });
  const panels = createResponsePanels(extensionUri, actions);
  const around = { picks, clock, storageDirectory };
  const problems = createSendProblems({ parsed, undecidedLines: undecidedIn(runner.load, parsed, around) });
  const refused = createRefusedRequests(parsed);
  const shared = {
    context,
    parsed,
    log,
    picks,
    approvals,
    outcomes,
    identities,
    endpoints,
    panels,
    clock,
    storageDirectory,
  };
  const deps = { ...shared, runner: runner.load, ask: askPerson };
  const sender = createSender({ ...deps, problems, refused });
  const handlers: Readonly<Record<CommandName, CommandHandler>> = commandHandlers({ ...deps, sender });
  const parts = vscode.Disposable.from(log, endpoints, panels, problems, refused, sender, files);
  return {
    run: (name, id, args) => told(id, log, () => handlers[name](args)),
    restore: (panel, state) => panels.restore(panel, state),
    dispose() {
      parts.dispose();
      void runner.loaded()?.then(({ cache, clearBodyStorage }) => {
        cache.clear();
        return clearBodyStorage(storageDirectory);
      });
    },
  };
}

/** Which requests of a document nothing decides, found out when a quick fix is wanted. */
function undecidedIn(
  load: RunnerLoader["load"],
  parsed: ParsedDocuments,
  deps: TripInputDeps,
): SendProblemsDeps["undecidedLines"] {
  return async (document) => {
    const { undecidedLines, thisMachine } = await load();
    return undecidedLines({ ...inputAround(document, deps), file: parsed.of(document) }, thisMachine());
  };
}

/** A workspace is open in one window at a time, so its folder is ours; windows without one share the global folder. */
function bodiesFolder({ storageUri, globalStorageUri }: vscode.ExtensionContext): string {
  return storageUri === undefined
    ? join(globalStorageUri.fsPath, "bodies", `${process.pid}`)
    : join(storageUri.fsPath, "bodies");
}

function tellOfOutdated(count: number): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "{0} earlier approvals did not say whether the host is reached by https, so they are dropped and asked for again.",
      count,
    ),
  );
}
