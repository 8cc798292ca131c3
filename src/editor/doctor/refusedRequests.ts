import * as vscode from "vscode";
import type { Finding } from "../../diagnosis/diagnose.ts";
import { inertText } from "../../guard/terminalText.ts";
import type { RestoreKey } from "../../page/view.ts";
import { rangeOf } from "../language/diagnostics.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { requestLanguages } from "../requestDocument.ts";
import { isRequestOf, keyOfTarget, type RequestTarget, requestKey, targetOfKey } from "../requestTarget.ts";
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
  readonly redact: (text: string) => string;
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
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if ([...refused.values()].some(({ document }) => document === uri.toString())) void draw(uri);
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
    async show(target, findings, redact) {
      const [finding] = findings;
      const what = requestKey(target);
      refused.delete(what);
      if (finding !== undefined) {
        const document = target.document.uri.toString();
        const { title, detail } = finding;
        const message = inertText(redact(detail === `${title}.` ? title : `${title}: ${detail}`));
        refused.set(what, { key: keyOfTarget(target), document, finding, message, redact });
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
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
  parsed: ParsedDocuments,
): Promise<vscode.CodeAction[]> {
  const actions: vscode.CodeAction[] = [];
  for (const found of diagnostics) {
    const about = await refusedAt(found, document, refused, parsed);
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
async function refusedAt(
  { code, message, range }: vscode.Diagnostic,
  document: vscode.TextDocument,
  refused: readonly Refused[],
  parsed: ParsedDocuments,
): Promise<(Pick<Refused, "finding" | "redact"> & { readonly target: RequestTarget }) | null> {
  for (const one of refused) {
    const isAlike = one.document === document.uri.toString() && one.finding.cause === code;
    if (!isAlike || one.message !== message) continue;
    const target = await targetOfKey(one.key, parsed);
    if (target === null || !isRequestOf(one.key, target)) continue;
    if (target.block.method.range.start.line === range.start.line) return { ...one, target };
  }
  return null;
}
