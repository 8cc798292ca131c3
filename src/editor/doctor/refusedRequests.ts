import * as vscode from "vscode";
import type { Finding } from "../../diagnosis/diagnose.ts";
import type { RestoreKey } from "../../page/view.ts";
import { rangeOf } from "../language/diagnostics.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { keyOfTarget, languageId, type RequestTarget, requestKey, targetOfKey } from "../requestTarget.ts";
import { editFor } from "./applyChange.ts";

/** What the doctor found, at the requests that were refused, until each is sent again. */
export interface RefusedRequests extends vscode.Disposable {
  /** @param findings the best first; empty when the request was not refused */
  show(target: RequestTarget, findings: readonly Finding[], redact: (text: string) => string): Promise<void>;
}

interface Refused {
  readonly key: RestoreKey;
  readonly document: string;
  readonly finding: Finding;
  readonly message: string;
}

/** Shows them as warnings at their request lines, with the fixes that are edits as quick fixes. */
export function createRefusedRequests(parsed: ParsedDocuments): RefusedRequests {
  const collection = vscode.languages.createDiagnosticCollection("awsreq.refused");
  const refused = new Map<string, Refused>();
  const draw = async (document: vscode.Uri): Promise<void> => {
    const here = [...refused.values()].filter((one) => one.document === document.toString());
    const drawn = await Promise.all(here.map((one) => diagnosticOf(one, parsed)));
    collection.set(
      document,
      drawn.filter((one) => one !== null),
    );
  };
  const parts = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && collection.has(document.uri)) void draw(document.uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCodeActionsProvider(
      { language: languageId },
      {
        provideCodeActions: (_document, _range, { diagnostics }) =>
          quickFixes([...refused.values()], diagnostics, parsed),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  return {
    async show(target, findings, redact) {
      const [finding] = findings;
      const what = requestKey(target);
      refused.delete(what);
      if (finding !== undefined) {
        const document = target.document.uri.toString();
        const { title, detail } = finding;
        const message = redact(detail === `${title}.` ? title : `${title}: ${detail}`);
        refused.set(what, { key: keyOfTarget(target), document, finding, message });
      }
      await draw(target.document.uri);
    },
    dispose: () => parts.dispose(),
  };
}

async function diagnosticOf(
  { key, finding, message }: Refused,
  parsed: ParsedDocuments,
): Promise<vscode.Diagnostic | null> {
  const target = await targetOfKey(key, parsed);
  if (target === null) return null;
  const made = new vscode.Diagnostic(
    rangeOf(target.block.method.range),
    message,
    vscode.DiagnosticSeverity.Warning,
  );
  made.source = "awsreq";
  made.code = finding.cause;
  return made;
}

async function quickFixes(
  refused: readonly Refused[],
  diagnostics: readonly vscode.Diagnostic[],
  parsed: ParsedDocuments,
): Promise<vscode.CodeAction[]> {
  const actions: vscode.CodeAction[] = [];
  for (const found of diagnostics) {
    const one = refused.find(
      ({ finding, message }) => finding.cause === found.code && message === found.message,
    );
    const target = one === undefined ? null : await targetOfKey(one.key, parsed);
    if (one === undefined || target === null) continue;
    for (const fix of one.finding.fixes) {
      const edit = fix.kind === "edit" ? editFor(target, fix.change, parsed) : null;
      if (edit === null) continue;
      const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [found];
      action.edit = edit;
      actions.push(action);
    }
  }
  return actions;
}
