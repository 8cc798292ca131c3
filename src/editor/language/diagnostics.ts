import * as vscode from "vscode";
import type { Problem, Severity, TextRange } from "../../stages.ts";
import { languageId } from "../requestDocument.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";

/** Milliseconds after the last key before problems are shown anew. */
const pause = 200;

/** Shows what the parser finds, while a file is open. Nothing but the buffer is read. */
export function registerDiagnostics(parsed: ParsedDocuments): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("awsreq");
  const waiting = new Map<string, NodeJS.Timeout>();
  const forget = ({ uri }: vscode.TextDocument): void => {
    clearTimeout(waiting.get(uri.toString()));
    waiting.delete(uri.toString());
  };
  const show = (document: vscode.TextDocument): void => {
    forget(document);
    if (document.languageId !== languageId || document.isClosed) return;
    collection.set(document.uri, parsed.of(document).problems.map(diagnosticOf));
  };
  const showSoon = (document: vscode.TextDocument): void => {
    if (document.languageId !== languageId) return;
    forget(document);
    waiting.set(
      document.uri.toString(),
      setTimeout(() => show(document), pause),
    );
  };
  for (const document of vscode.workspace.textDocuments) showSoon(document);
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(show),
    vscode.workspace.onDidChangeTextDocument(({ document }) => showSoon(document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      forget(document);
      collection.delete(document.uri);
    }),
    { dispose: () => waiting.forEach(clearTimeout) },
  );
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: 0,
  warning: 1,
  information: 2,
  hint: 3,
};

function diagnosticOf({ code, severity, message, range }: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(range), message, severities[severity]);
  diagnostic.code = code;
  diagnostic.source = "awsreq";
  return diagnostic;
}

/** A range of the core as the editor's. */
export function rangeOf({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.column, end.line, end.column);
}
