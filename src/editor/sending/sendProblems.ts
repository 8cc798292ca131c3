import * as vscode from "vscode";
import { requestAt } from "../../request/selectRequest.ts";
import type { Trip } from "../../trip/trip.ts";
import { rangeOf } from "../language/diagnostics.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { requestLanguages } from "../requestDocument.ts";
import type { RequestTarget } from "../requestTarget.ts";
import { type QuickFix, quickFixesFor } from "./quickFixes.ts";

/** What the last send found wrong with a request, at its place in the file until the file changes. */
export interface SendProblems extends vscode.Disposable {
  /** @param message the fault's, redacted; null when there was none */
  show(target: RequestTarget, trip: Trip, message: string | null): void;
}

/** Phases whose faults are mended in the file. */
const inTheFile: ReadonlySet<string> = new Set(["file", "resolve", "guard", "sign", "credentials"]);

/** What quick fixes are made from. */
export interface SendProblemsDeps {
  readonly parsed: ParsedDocuments;
  /** Zero-based lines of the requests of a document that nothing decides. */
  readonly undecidedLines: (document: vscode.TextDocument) => Promise<readonly number[]>;
}

/** Shows them as diagnostics of their own, with quick fixes where there are any. */
export function createSendProblems(deps: SendProblemsDeps): SendProblems {
  const collection = vscode.languages.createDiagnosticCollection("awsreq.send");
  const parts = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) collection.delete(document.uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCodeActionsProvider(requestLanguages, {
      provideCodeActions: (document, _range, { diagnostics }) => codeActions(document, diagnostics, deps),
    }),
  );
  return {
    show({ document, block }, trip, message) {
      collection.delete(document.uri);
      const atRequest = faultAt(trip, rangeOf(block.method.range), message);
      collection.set(document.uri, [...textErrors(trip, document), ...atRequest]);
    },
    dispose: () => parts.dispose(),
  };
}

/** Errors with a place in the text, without those that the parser shows already. */
function textErrors({ problems }: Trip, document: vscode.TextDocument): vscode.Diagnostic[] {
  const shown = new Set(
    vscode.languages.getDiagnostics(document.uri).map(({ code, range }) => placeKey(code, range)),
  );
  return problems
    .filter(({ severity }) => severity === "error")
    .map(({ message, range, code }) => diagnostic(rangeOf(range), message, code))
    .filter(({ code, range }) => !shown.has(placeKey(code, range)));
}

/** A fault that is mended in the file but has no place of its own stands at the request line. */
function faultAt(
  { problems, error }: Trip,
  requestLine: vscode.Range,
  message: string | null,
): vscode.Diagnostic[] {
  if (error === null || message === null || !inTheFile.has(error.phase)) return [];
  return problems.some(({ code }) => code === error.code)
    ? []
    : [diagnostic(requestLine, message, error.code)];
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

async function codeActions(
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
  { parsed, undecidedLines }: SendProblemsDeps,
): Promise<vscode.CodeAction[]> {
  const file = parsed.of(document);
  const actions: vscode.CodeAction[] = [];
  for (const found of diagnostics.filter(({ source }) => source === "awsreq")) {
    const block = requestAt(file.requests, found.range.start.line);
    if (block === null) continue;
    const lines = found.code === "E_AUTH_UNDECIDED" ? await undecidedLines(document) : [];
    const undecided = file.requests.filter(({ method }) => lines.includes(method.range.start.line));
    for (const fix of quickFixesFor(String(found.code), { file, block, undecided }))
      actions.push(codeAction(document, found, fix));
  }
  return actions;
}

function codeAction(
  document: vscode.TextDocument,
  found: vscode.Diagnostic,
  { title, edits }: QuickFix,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [found];
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    document.uri,
    edits.map(({ range, text }) => vscode.TextEdit.replace(rangeOf(range), text)),
  );
  return action;
}
