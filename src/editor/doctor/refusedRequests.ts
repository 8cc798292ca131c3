import * as vscode from "vscode";
import type { Finding } from "../../diagnosis/diagnose.ts";
import { inertText } from "../../guard/terminalText.ts";
import type { RestoreKey } from "../../page/view.ts";
import { rangeOf } from "../language/diagnostics.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { isRequestDocument, requestLanguages } from "../requestDocument.ts";
import { isRequestOf, keyOfTarget, type RequestTarget, requestKey, targetIn } from "../requestTarget.ts";
import { editFor } from "./applyChange.ts";

/** What the doctor found, at the requests that were refused, until each is sent again. */
export interface RefusedRequests extends vscode.Disposable {
  /** @param findings the best first; empty when the request was not refused */
  show(target: RequestTarget, findings: readonly Finding[], redact: (text: string) => string): void;
}

interface Refused {
  readonly key: RestoreKey;
  readonly document: string;
  readonly finding: Finding;
  readonly message: string;
  readonly redact: (text: string) => string;
}

/** Shows them as warnings at their request lines, with the fixes that are edits as quick fixes. */
export function createRefusedRequests(parsed: ParsedDocuments): RefusedRequests {
  const collection = vscode.languages.createDiagnosticCollection("awsreq.refused");
  const refused = new Map<string, Refused>();
  const draw = (document: vscode.TextDocument): void => {
    // They are drawn when it is opened again, as a request file.
    if (document.isClosed || !isRequestDocument(document)) return;
    const uri = document.uri.toString();
    const here = [...refused.values()].filter((one) => one.document === uri);
    collection.set(
      document.uri,
      here.flatMap((one) => diagnosticOf(one, document, parsed)),
    );
  };
  const parts = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && collection.has(document.uri)) draw(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.workspace.onDidOpenTextDocument((opened) => {
      const uri = opened.uri.toString();
      if ([...refused.values()].some(({ document }) => document === uri)) draw(opened);
    }),
    vscode.languages.registerCodeActionsProvider(
      requestLanguages,
      {
        provideCodeActions: (document, _range, { diagnostics }) =>
          quickFixes([...refused.values()], document, diagnostics, parsed),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  return {
    show(target, findings, redact) {
      const [finding] = findings;
      const what = requestKey(target);
      refused.delete(what);
      if (finding !== undefined) {
        const document = target.document.uri.toString();
        const { title, detail } = finding;
        const message = inertText(redact(detail === `${title}.` ? title : `${title}: ${detail}`));
        refused.set(what, { key: keyOfTarget(target), document, finding, message, redact });
      }
      draw(target.document);
    },
    dispose: () => parts.dispose(),
  };
}

function diagnosticOf(
  { key, finding, message }: Refused,
  document: vscode.TextDocument,
  parsed: ParsedDocuments,
): vscode.Diagnostic[] {
  const target = targetIn(document, key, parsed);
  if (target === null) return [];
  const made = new vscode.Diagnostic(
    rangeOf(target.block.method.range),
    message,
    vscode.DiagnosticSeverity.Warning,
  );
  made.source = "awsreq";
  made.code = finding.cause;
  return [made];
}

function quickFixes(
  refused: readonly Refused[],
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
  parsed: ParsedDocuments,
): vscode.CodeAction[] {
  const actions: vscode.CodeAction[] = [];
  for (const found of diagnostics) {
    const about = refusedAt(found, document, refused, parsed);
    for (const fix of about?.finding.fixes ?? []) {
      const edit = about && fix.kind === "edit" ? editFor(about.target, fix.change) : null;
      if (about === null || edit === null) continue;
      const action = new vscode.CodeAction(about.redact(fix.title), vscode.CodeActionKind.QuickFix);
      action.diagnostics = [found];
      action.edit = edit;
      actions.push(action);
    }
  }
  return actions;
}

/** Several requests may be refused in the same words: it is the one at that line. */
function refusedAt(
  { code, message, range }: vscode.Diagnostic,
  document: vscode.TextDocument,
  refused: readonly Refused[],
  parsed: ParsedDocuments,
): (Pick<Refused, "finding" | "redact"> & { readonly target: RequestTarget }) | null {
  for (const one of refused) {
    const isAlike = one.document === document.uri.toString() && one.finding.cause === code;
    if (!isAlike || one.message !== message) continue;
    const target = targetIn(document, one.key, parsed);
    if (target === null || !isRequestOf(one.key, target)) continue;
    if (target.block.method.range.start.line === range.start.line) return { ...one, target };
  }
  return null;
}
