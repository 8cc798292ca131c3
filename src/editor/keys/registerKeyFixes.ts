import * as vscode from "vscode";
import { languageId } from "../requestDocument.ts";
import { keyFixesFor } from "./keyFixes.ts";

/** Offers quick fixes for literal keys. What they do is loaded when one is chosen. */
export function registerKeyFixes(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: languageId },
    { provideCodeActions },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function provideCodeActions(
  document: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return diagnostics.flatMap((found) => {
    const { line, character } = found.range.start;
    return keyFixesFor(String(found.code), document.lineAt(line).text).map(({ title, command }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [found];
      action.command = { title, command, arguments: [document.uri.toString(), line, character] };
      return action;
    });
  });
}
