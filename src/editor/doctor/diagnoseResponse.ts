import * as vscode from "vscode";
import type { Ask } from "../../questions.ts";
import { inform } from "../commands/requestCommand.ts";
import { profileItem } from "../identity/profileItems.ts";
import { profilesOf } from "../identity/switchProfile.ts";
import { folderInput, type TripInputDeps } from "../sending/tripInputOf.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { EditorApprovals } from "../trust/approvals.ts";

/** Bytes of a file that are read: they are read in the process of all extensions. */
const largest = 20 * 1024 * 1024;

/** What reading an answer from elsewhere works with. */
export interface DiagnoseDeps extends TripInputDeps {
  readonly approvals: EditorApprovals;
  readonly ask: Ask;
}

/**
 * Asks where an answer from elsewhere is, and opens a page that says why it is a refusal. A signed request in it can be
 * signed again with a profile. Nothing is sent.
 */
export async function diagnoseResponse(runner: TripRunner, deps: DiagnoseDeps): Promise<void> {
  const text = await askForText();
  if (text === undefined) return;
  const profile = (await runner.hasSignature(text)) ? await askForProfile(runner) : null;
  if (profile === undefined) return;
  const page = await runner.capturePage(text, profile === null ? null : signingAgain(profile, runner, deps));
  if (page === null)
    return inform(
      vscode.l10n.t(
        "There is no answer in it that can be read: JSON with status and body, a HAR, a raw HTTP response, or the output of curl -v.",
      ),
    );
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: page });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

function signingAgain(profile: string, runner: TripRunner, deps: DiagnoseDeps) {
  const nothing = () => undefined;
  const { approvals: store, ask } = deps;
  const { cache } = runner;
  const { signal } = new AbortController();
  const effects = {
    store,
    ask,
    cache,
    signal,
    onPrepared: nothing,
    onAdvance: nothing,
    onTransfer: nothing,
  };
  return { profile, input: folderInput(deps), machine: runner.thisMachine(), effects };
}

/** Null for none; undefined when the person calls it off. */
async function askForProfile(runner: TripRunner): Promise<string | null | undefined> {
  if (!vscode.workspace.isTrusted) return null;
  const profiles = await profilesOf(runner, null);
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t("$(eye) Only Read It"), only: true as const },
      { label: vscode.l10n.t("Sign It Again With"), kind: vscode.QuickPickItemKind.Separator },
      ...profiles.map((profile) => profileItem(profile, null)),
    ],
    {
      title: vscode.l10n.t("Diagnose a Response"),
      placeHolder: vscode.l10n.t("The request is signed. The profile that signed it tells how."),
      matchOnDescription: true,
    },
  );
  if (picked === undefined) return undefined;
  return "profile" in picked ? picked.profile : null;
}

async function askForText(): Promise<string | undefined> {
  const selection = selectedText();
  const choices = [
    ...(selection === "" ? [] : [{ from: "selection", label: vscode.l10n.t("$(selection) The Selection") }]),
    { from: "clipboard", label: vscode.l10n.t("$(clippy) The Clipboard") },
    { from: "file", label: vscode.l10n.t("$(file) A File (JSON, HAR, text)…") },
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t("Diagnose a Response"),
    placeHolder: vscode.l10n.t("Cookies, tokens and keys in it are dropped as it is read. Nothing is sent."),
  });
  if (picked === undefined) return undefined;
  if (picked.from === "selection") return selection;
  return picked.from === "clipboard" ? vscode.env.clipboard.readText() : textOfFile();
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? "" : editor.document.getText(editor.selection).trim();
}

async function textOfFile(): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t("Diagnose a Response") })) ?? [];
  if (file === undefined) return undefined;
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largest) {
    inform(
      vscode.l10n.t(
        "The file is larger than 20 MB, the limit for a captured answer or a HAR in the editor. In a terminal `awsreq diagnose FILE` reads up to 200 MB.",
      ),
    );
    return undefined;
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}
