import * as vscode from "vscode";
import { type Approval, isFresh, subjectKey } from "../../guard/approvalStore.ts";
import { inertLine } from "../../guard/terminalText.ts";
import { inform } from "../commands/requestCommand.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { EditorApprovals } from "./approvals.ts";

interface ApprovalItem extends vscode.QuickPickItem {
  readonly key: string;
}

/** Lists what was approved in this editor; each can be taken back by itself, or several at once. */
export function showApprovals(approvals: EditorApprovals, runner: Pick<TripRunner, "approvalText">): void {
  const items = (): ApprovalItem[] =>
    approvals
      .all()
      .filter((approval) => isFresh(approval, Date.now()))
      .map((approval) => itemOf(approval, runner));
  if (items().length === 0) {
    inform(vscode.l10n.t("Nothing is approved: the next send asks."));
    return;
  }
  const list = vscode.window.createQuickPick<ApprovalItem>();
  list.title = vscode.l10n.t("Approvals");
  list.placeholder = vscode.l10n.t("Choose what is to be asked for again.");
  list.canSelectMany = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items();
  list.onDidTriggerItemButton(async ({ item }) => {
    await approvals.forget(new Set([item.key]));
    list.items = items();
    if (list.items.length === 0) list.hide();
  });
  list.onDidAccept(async () => {
    const keys = new Set(list.selectedItems.map(({ key }) => key));
    list.hide();
    if (keys.size > 0) tellForgotten(await approvals.forget(keys));
  });
  list.onDidHide(() => list.dispose());
  list.show();
}

function itemOf(approval: Approval, runner: Pick<TripRunner, "approvalText">): ApprovalItem {
  const { what, folder, lastUsed } = runner.approvalText(approval, vscode.l10n.t);
  const used = vscode.l10n.t("last used {0}", lastUsed.toISOString().slice(0, 10));
  const forget = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Forget This Approval") };
  return {
    label: inertLine(what),
    description: used,
    detail: folder === null ? vscode.l10n.t("in every folder") : inertLine(folder),
    buttons: [forget],
    key: subjectKey(approval.subject),
  };
}

/** Takes every approval back. */
export async function forgetAllApprovals(approvals: EditorApprovals): Promise<void> {
  tellForgotten(await approvals.forget(new Set(approvals.all().map(({ subject }) => subjectKey(subject)))));
}

function tellForgotten(count: number): void {
  inform(
    count === 0
      ? vscode.l10n.t("There was no approval to forget.")
      : vscode.l10n.t("Forgotten: {0}. The next send asks again.", count),
  );
}
