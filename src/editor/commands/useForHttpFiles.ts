import * as vscode from "vscode";
import { httpPatterns, withHttpFiles } from "../language/httpAssociations.ts";
import { inform } from "./requestCommand.ts";

interface ScopeItem extends vscode.QuickPickItem {
  readonly target: vscode.ConfigurationTarget;
}

/** Asks for which workspaces, and lets `.http` and `.rest` files be opened as ours there. */
export async function useForHttpFiles(): Promise<void> {
  const picked = await vscode.window.showQuickPick(scopeItems(), {
    title: vscode.l10n.t("Open {0} files with awsreq", httpPatterns.join(", ")),
    placeHolder: vscode.l10n.t("Other extensions no longer see them as theirs (files.associations)"),
  });
  if (picked === undefined) return;
  const files = vscode.workspace.getConfiguration("files");
  const found = files.inspect("associations");
  const given =
    picked.target === vscode.ConfigurationTarget.Global ? found?.globalValue : found?.workspaceValue;
  await files.update("associations", withHttpFiles(given), picked.target);
  inform(vscode.l10n.t("{0} files are opened with awsreq now.", httpPatterns.join(", ")));
}

function scopeItems(): readonly ScopeItem[] {
  const user = {
    label: vscode.l10n.t("In all workspaces"),
    description: vscode.l10n.t("user settings"),
    target: vscode.ConfigurationTarget.Global,
  };
  if (vscode.workspace.workspaceFolders === undefined) return [user];
  const workspace = {
    label: vscode.l10n.t("In this workspace"),
    description: vscode.l10n.t("workspace settings"),
    target: vscode.ConfigurationTarget.Workspace,
  };
  return [workspace, user];
}
