import * as vscode from "vscode";
import type { Position, TextEdit } from "../../stages.ts";
import { rangeOf } from "../language/diagnostics.ts";
import { languageId } from "../requestDocument.ts";

/** A problem's place in an open document. */
export interface KeyPlace {
  readonly document: vscode.TextDocument;
  readonly place: Position;
}

/** The place that a quick fix is about, from its arguments; null, and a word about it, when they name none. */
export async function keyPlaceOf(args: readonly unknown[]): Promise<KeyPlace | null> {
  const [uri, line, column] = args;
  if (typeof uri === "string" && Number.isInteger(line) && Number.isInteger(column)) {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    const isFile = document?.uri.scheme === "file" || document?.isUntitled === true;
    if (document?.languageId === languageId && isFile)
      return { document, place: { line: Number(line), column: Number(column) } };
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Keys are moved by the quick fixes at their place in an open .awsreq file."),
  );
  return null;
}

/** Makes the edits. False, and a word about it, when the document would not take them. */
export async function applyKeyEdits(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) edit.replace(document.uri, rangeOf(range), text);
  if (await vscode.workspace.applyEdit(edit)) return true;
  void vscode.window.showErrorMessage(
    vscode.l10n.t("The keys were written, but the request file could not be changed: delete them there."),
  );
  return false;
}
