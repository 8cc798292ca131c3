import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";

/** What the status bar and the language status say of the request at the cursor. */
export interface RequestStatus {
  /** `dev @ eu-west-1`; null when the request is not signed or there is none. */
  readonly signer: string | null;
  readonly region: string | null;
  readonly service: string | null;
  /** Null when none was picked. */
  readonly environment: string | null;
}

/** Shows who signs while a request file is visible, and no longer. */
export function registerStatusItems(
  statusOf: (editor: vscode.TextEditor) => RequestStatus,
  onDidChange: vscode.Event<void>,
): vscode.Disposable {
  const bar = vscode.window.createStatusBarItem("awsreq.profile", vscode.StatusBarAlignment.Left, 90);
  bar.name = vscode.l10n.t("awsreq profile");
  bar.command = commandIds.switchProfile;
  const scope = vscode.languages.createLanguageStatusItem("awsreq.scope", { language: "awsreq" });
  scope.name = vscode.l10n.t("Region and service");
  const environment = vscode.languages.createLanguageStatusItem("awsreq.environment", { language: "awsreq" });
  environment.name = vscode.l10n.t("Environment");
  environment.command = { command: commandIds.selectEnvironment, title: vscode.l10n.t("Select") };
  const show = (): void => {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === "awsreq");
    if (editor === undefined) {
      bar.hide();
      return;
    }
    const status = statusOf(
      vscode.window.activeTextEditor?.document.languageId === "awsreq"
        ? vscode.window.activeTextEditor
        : editor,
    );
    bar.text = `$(account) ${status.signer ?? vscode.l10n.t("not signed")}`;
    bar.tooltip = vscode.l10n.t("Who signs the request at the cursor. Click to switch the profile.");
    bar.show();
    scope.text = [
      status.service ?? vscode.l10n.t("service by host"),
      status.region ?? vscode.l10n.t("region by profile"),
    ].join(" · ");
    scope.detail = vscode.l10n.t("Signed for");
    environment.text = status.environment ?? vscode.l10n.t("none selected");
    environment.detail = vscode.l10n.t("Environment");
  };
  // Activation does not wait for the parser.
  const first = setTimeout(show, 0);
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(first) },
    bar,
    scope,
    environment,
    onDidChange(show),
    vscode.window.onDidChangeVisibleTextEditors(show),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor.document.languageId === "awsreq") show();
    }),
  );
}
