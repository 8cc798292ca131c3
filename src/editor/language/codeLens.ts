import * as vscode from "vscode";
import type { RequestBlock } from "../../stages.ts";
import { commandIds } from "../commandIds.ts";
import { showsCodeLens } from "../settings.ts";
import { lensEntries, lensLine } from "./lensTitles.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";

/** What the line above each request is made of. */
export interface CodeLensDeps {
  readonly parsed: ParsedDocuments;
  /** Who would sign, or null for a request that is not signed. */
  readonly signer: (document: vscode.TextDocument, block: RequestBlock) => string | null;
  readonly outcome: (document: vscode.TextDocument, block: RequestBlock) => string | null;
  readonly onDidChange: vscode.Event<void>;
}

/** Puts a line above each request. */
export function registerCodeLens(deps: CodeLensDeps): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { language: "awsreq" },
    {
      onDidChangeCodeLenses: deps.onDidChange,
      provideCodeLenses: (document) =>
        showsCodeLens(document)
          ? deps.parsed.of(document).requests.flatMap((block) => lensesOf(document, block, deps))
          : [],
    },
  );
}

function lensesOf(document: vscode.TextDocument, block: RequestBlock, deps: CodeLensDeps): vscode.CodeLens[] {
  const line = lensLine(block);
  const range = new vscode.Range(line, 0, line, 0);
  const place = [document.uri.toString(), block.method.range.start.line];
  const entries = lensEntries(deps.signer(document, block), deps.outcome(document, block));
  return entries.map(({ title, action }) => {
    const command = action === null ? "" : commandIds[action];
    return new vscode.CodeLens(range, { title, command, arguments: place });
  });
}
