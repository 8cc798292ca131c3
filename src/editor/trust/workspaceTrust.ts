import * as vscode from "vscode";

/** True in a trusted workspace; elsewhere says why nothing is done and offers to change it. */
export async function isTrustedOrTold(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "This workspace is not trusted, so awsreq sends nothing, reads no profile and runs nothing here.",
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}
