import * as vscode from "vscode";
import { serviceText } from "../../signing/scope.ts";
import { commandIds } from "../commandIds.ts";
import { hasExpired } from "../identity/knownIdentities.ts";
import { isRequestDocument } from "../requestDocument.ts";
import { createSoon } from "../soon.ts";
import { previewTitles } from "./previewTitles.ts";
import { type SignerStatus, signerFacts, signerSentences } from "./signerText.ts";

/** What the status bar and the language status say of the request at the cursor. */
export interface RequestStatus {
  /** Null when there is no request. */
  readonly signer: SignerStatus | null;
  /** Null when none was picked. */
  readonly environment: string | null;
}

/** Milliseconds: each key moves the cursor, and nobody reads the status bar between two. */
const pause = 100;

/** Shows who signs while a request file is visible, and no longer. */
export function registerStatusItems(
  statusOf: (editor: vscode.TextEditor) => Promise<RequestStatus>,
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
  let latest = 0;
  const show = async (): Promise<void> => {
    latest += 1;
    const shown = latest;
    const editor = vscode.window.visibleTextEditors.find(isRequestFile);
    if (editor === undefined) {
      bar.hide();
      return;
    }
    const active = vscode.window.activeTextEditor;
    const status = await statusOf(active !== undefined && isRequestFile(active) ? active : editor);
    // Somebody went on meanwhile: what is known of the request before is not of this one.
    if (shown !== latest) return;
    showSigner(bar, status.signer);
    scope.text = scopeText(status.signer);
    scope.detail = vscode.l10n.t("Signed for");
    environment.text = status.environment ?? vscode.l10n.t("none selected");
    environment.detail = vscode.l10n.t("Environment");
  };
  const soon = createSoon(() => void show(), pause);
  // Activation does not wait for the parser.
  soon.ask();
  return vscode.Disposable.from(
    soon,
    bar,
    scope,
    environment,
    onDidChange(show),
    vscode.window.onDidChangeVisibleTextEditors(show),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (isRequestFile(textEditor)) soon.ask();
    }),
  );
}

function isRequestFile({ document }: vscode.TextEditor): boolean {
  return isRequestDocument(document);
}

function scopeText(status: SignerStatus | null): string {
  const { auth = null, signer = null } = status?.preview ?? {};
  if (auth?.kind !== "sign") return vscode.l10n.t("not signed");
  const unknown = vscode.l10n.t("not known");
  const service = signer?.service == null ? unknown : serviceText(signer.service);
  return [service, signer?.region?.value ?? unknown].join(" · ");
}

/** Who signs the request at the cursor; red only when the credentials of an earlier send have ended. */
function showSigner(bar: vscode.StatusBarItem, status: SignerStatus | null): void {
  const isExpired = status?.known != null && hasExpired(status.known);
  const titles = status === null ? null : previewTitles(status.preview);
  const { who = null, fault = null } = titles ?? {};
  const label = who ?? fault ?? vscode.l10n.t("not signed");
  const icon = fault === null ? "account" : "warning";
  const more = who === null || fault === null ? "" : `: ${fault}`;
  bar.text = isExpired ? `$(warning) ${vscode.l10n.t("{0}: expired", label)}` : `$(${icon}) ${label}${more}`;
  bar.backgroundColor = isExpired ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
  const facts = status === null ? [] : signerFacts(status).map(([name, value]) => `${name}: ${value}`);
  bar.tooltip = [
    vscode.l10n.t("Who signs the request at the cursor. Click to switch the profile."),
    ...facts,
    ...(status === null ? [] : signerSentences(status)),
  ].join("\n");
  bar.show();
}
