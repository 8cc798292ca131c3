import * as vscode from "vscode";
import { bodyFixesFor } from "../../request/bodyFixes.ts";
import { requestLanguages } from "../requestDocument.ts";
import { rangeOf } from "./diagnostics.ts";

/** Offers quick fixes for bodies: a forgotten `###`, lines of a form that do not say what they are. */
export function registerBodyFixes(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    requestLanguages,
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
    const range = placeOf(found.range);
    return bodyFixesFor(String(found.code), range, document.getText()).map(({ title, edits }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [found];
      action.edit = new vscode.WorkspaceEdit();
      for (const edit of edits) action.edit.replace(document.uri, rangeOf(edit.range), edit.text);
      return action;
    });
  });
}

function placeOf({ start, end }: vscode.Range): Parameters<typeof bodyFixesFor>[1] {
  return {
    start: { line: start.line, column: start.character },
    end: { line: end.line, column: end.character },
  };
}
