import * as vscode from "vscode";
import { commandIds } from "../commandIds.ts";
import { hasExpired } from "../identity/knownIdentities.ts";
import { signerLabel } from "../identity/signerGuess.ts";
import { type SignerStatus, signerFacts } from "./signerText.ts";

/** What the status bar and the language status say of the request at the cursor. */
export interface RequestStatus {
  /** Null when the request is not signed or there is none. */
  readonly signer: SignerStatus | null;
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
    showSigner(bar, status.signer);
    scope.text = [
      status.signer?.guess.service?.value ?? vscode.l10n.t("service by host"),
      status.signer?.guess.region?.value ?? vscode.l10n.t("region by profile"),
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

/** Who signs the request at the cursor; red only when the credentials of an earlier send have ended. */
function showSigner(bar: vscode.StatusBarItem, signer: SignerStatus | null): void {
  const isExpired = signer?.known != null && hasExpired(signer.known);
  const label = signer === null ? vscode.l10n.t("not signed") : signerLabel(signer.guess);
  bar.text = isExpired ? `$(warning) ${vscode.l10n.t("{0}: expired", label)}` : `$(account) ${label}`;
  bar.backgroundColor = isExpired ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
  const facts = signer === null ? [] : signerFacts(signer).map(([name, value]) => `${name}: ${value}`);
  bar.tooltip = [
    vscode.l10n.t("Who signs the request at the cursor. Click to switch the profile."),
    ...facts,
  ].join("\n");
  bar.show();
}
