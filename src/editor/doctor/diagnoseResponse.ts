import * as vscode from "vscode";
import { inform } from "../commands/requestCommand.ts";
import type { TripRunner } from "../trips/loadRunner.ts";

/** Bytes of a file that are read. */
const largest = 50 * 1024 * 1024;

/** Asks where an answer from elsewhere is, and opens a page that says why it is a refusal. Nothing is sent. */
export async function diagnoseResponse(runner: TripRunner): Promise<void> {
  const text = await askForText();
  if (text === undefined) return;
  const page = await runner.diagnosedCapture(text);
  if (page === null)
    return inform(
      vscode.l10n.t(
        "There is no answer in it that can be read: JSON with status and body, a HAR, a raw HTTP response, or the output of curl -v.",
      ),
    );
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: page });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
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
    inform(vscode.l10n.t("The file is larger than 50 MB."));
    return undefined;
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}
