import * as vscode from "vscode";
import type { CopySubject, PageMessage } from "../../page/protocol.ts";
import type { HelpAction, RestoreKey } from "../../page/view.ts";
import { commandIds } from "../commandIds.ts";
import type { ClockOffset } from "../doctor/clockOffset.ts";
import { runFix } from "../doctor/runFix.ts";
import { told } from "../faultMessage.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { Log } from "../log.ts";
import { type RequestTarget, targetOfKey } from "../requestTarget.ts";
import type { Sender } from "../sending/sender.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { PanelActions, ShownPanel } from "./responsePanels.ts";
import { openBody, saveBody } from "./savedBody.ts";

/** What the actions of a panel work with. */
export interface PanelActionDeps {
  readonly parsed: ParsedDocuments;
  readonly log: Log;
  readonly clock: ClockOffset;
  readonly runner: () => Promise<TripRunner>;
  /** Made after the panels that it shows in. */
  readonly sender: () => Sender;
}

/** What happens when something is clicked in a panel. */
export function panelActions(deps: PanelActionDeps): PanelActions {
  return (message, panel) => told(`panel: ${message.type}`, deps.log, () => act(message, panel, deps));
}

async function act(message: PageMessage, panel: ShownPanel, deps: PanelActionDeps): Promise<void> {
  const { shown } = panel;
  const { restore } = shown.view;
  switch (message.type) {
    case "sendAgain":
      return withTarget(restore, deps, (target) => deps.sender().send(target));
    case "cancel":
      deps.sender().cancel(shown.view.trip);
      return;
    case "copy":
      return copy(message.what, panel, deps);
    case "copyText":
      return vscode.env.clipboard.writeText(message.text);
    case "save":
      return saveBody(shown.trip, await deps.runner());
    case "openInEditor":
      return openBody(shown.trip, await deps.runner());
    case "showBody":
      return showLargeBody(panel, deps);
    case "showLine":
      return showLine(restore, message.line);
    case "runChecks":
      return shown.runChecks?.();
    case "fix":
      return fixRequest(message, panel, deps);
    case "help":
      return help(message.action, restore, deps);
    case "ready":
    case "togglePin":
      return;
  }
}

async function fixRequest(
  { finding, fix, send }: Extract<PageMessage, { type: "fix" }>,
  { shown }: ShownPanel,
  deps: PanelActionDeps,
): Promise<void> {
  const meant = shown.findings[finding]?.fixes[fix];
  if (meant === undefined) return;
  const seen = shown.view.diagnosis?.findings[finding]?.fixes[fix];
  // What is copied is what was shown: the finding itself holds what must not leave.
  if (seen?.kind === "copy") return vscode.env.clipboard.writeText(seen.text);
  const again = (key: RestoreKey) => withTarget(key, deps, (target) => deps.sender().send(target));
  await runFix(meant, shown.view.restore, send, { ...deps, send: again });
}

async function withTarget(
  key: RestoreKey,
  { parsed }: PanelActionDeps,
  run: (target: RequestTarget) => Promise<void>,
): Promise<void> {
  const target = await targetOfKey(key, parsed);
  if (target !== null) return run(target);
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The request is gone from its file, or the file is."),
  );
}

async function copy(what: CopySubject, { shown }: ShownPanel, { runner }: PanelActionDeps): Promise<void> {
  const text = (await runner()).copiedText(what, shown.view, shown.body, shown.trip);
  if (text === null) {
    const why = vscode.l10n.t("There is no text to copy: save the body to a file instead.");
    void vscode.window.showInformationMessage(why);
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied."), 2000);
}

async function showLargeBody(panel: ShownPanel, { runner }: PanelActionDeps): Promise<void> {
  const { trip } = panel.shown;
  const response = trip?.exchange?.response ?? null;
  if (trip === null || response === null) return;
  panel.showBody(await (await runner()).bodyContent(trip, response, false));
}

async function showLine({ document }: RestoreKey, line: number): Promise<void> {
  const opened = await vscode.workspace.openTextDocument(vscode.Uri.parse(document, true));
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === opened);
  const at = new vscode.Range(line, 0, line, 0);
  const viewColumn = visible?.viewColumn ?? vscode.ViewColumn.One;
  await vscode.window.showTextDocument(opened, { viewColumn, selection: at });
}

async function help(action: HelpAction, restore: RestoreKey, deps: PanelActionDeps): Promise<void> {
  const run = vscode.commands.executeCommand;
  switch (action) {
    case "sendAgain":
      return withTarget(restore, deps, (target) => deps.sender().send(target));
    case "showRequest":
      return showLine(restore, restore.line);
    case "switchProfile":
      return run(commandIds.switchProfile, restore.document, restore.line);
    case "selectEnvironment":
      await showLine(restore, restore.line);
      return run(commandIds.selectEnvironment);
    case "startEndpoint":
      return run(commandIds.tryWithoutAws);
    case "manageTrust":
      return run("workbench.trust.manage");
    case "showLog":
      return run(commandIds.showLog);
    case "openSettings":
      return run("workbench.action.openSettings", "@ext:awsreq.awsreq");
  }
}
