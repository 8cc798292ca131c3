import * as vscode from "vscode";
import type { Trip } from "../../trip.ts";
import { rangeOf } from "../language/diagnostics.ts";
import { languageId, type RequestTarget } from "../requestTarget.ts";
import { quickFixesFor } from "./quickFixes.ts";

/** What the last send found wrong with a request, at its place in the file until the file changes. */
export interface SendProblems extends vscode.Disposable {
  show(target: RequestTarget, trip: Trip): void;
}

/** Phases whose faults are mended in the file. */
const inTheFile: ReadonlySet<string> = new Set(["file", "resolve", "guard", "sign", "credentials"]);

/** Shows them as diagnostics of their own, with quick fixes where there are any. */
export function createSendProblems(): SendProblems {
  const collection = vscode.languages.createDiagnosticCollection("awsreq.send");
  const parts = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) collection.delete(document.uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCodeActionsProvider({ language: languageId }, { provideCodeActions }),
  );
  return {
    show({ document, block }, trip) {
      collection.delete(document.uri);
      collection.set(document.uri, diagnosticsOf(trip, rangeOf(block.method.range), document));
    },
    dispose: () => parts.dispose(),
  };
}

/** Problems with a place in the text first; a fault without one stands at the request line. The parser's are there already. */
function diagnosticsOf(
  { problems, error }: Trip,
  requestLine: vscode.Range,
  document: vscode.TextDocument,
): vscode.Diagnostic[] {
  const shown = new Set(
    vscode.languages.getDiagnostics(document.uri).map(({ code, range }) => placeKey(code, range)),
  );
  const found = problems
    .filter(({ severity }) => severity === "error")
    .map(({ message, range, code }) => diagnostic(rangeOf(range), message, code))
    .filter(({ code, range }) => !shown.has(placeKey(code, range)));
  const isTold =
    error === null || !inTheFile.has(error.phase) || problems.some(({ code }) => code === error.code);
  return isTold ? found : [...found, diagnostic(requestLine, error.message, error.code)];
}

function placeKey(code: vscode.Diagnostic["code"], { start }: vscode.Range): string {
  return `${String(code)} ${start.line}:${start.character}`;
}

function diagnostic(range: vscode.Range, message: string, code: string): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  made.source = "awsreq";
  made.code = code;
  return made;
}

function provideCodeActions(
  document: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  return diagnostics.flatMap((found) =>
    quickFixesFor(String(found.code)).map(({ title, directive }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [found];
      action.edit = new vscode.WorkspaceEdit();
      action.edit.insert(document.uri, new vscode.Position(found.range.start.line, 0), `${directive}\n`);
      return action;
    }),
  );
}
