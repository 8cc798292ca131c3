import * as vscode from "vscode";
import type { RequestBlock } from "../../stages.ts";
import { commandIds } from "../commandIds.ts";
import { guessText } from "../identity/guessText.ts";
import { signerLabel } from "../identity/signerGuess.ts";
import { showsCodeLens } from "../settings.ts";
import { lensEntries, lensLine } from "./lensTitles.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";
import { type SignerStatus, signerSentence } from "./signerText.ts";

/** What the line above each request is made of. */
export interface CodeLensDeps {
  readonly parsed: ParsedDocuments;
  /** Null for a request that is not signed. */
  readonly signer: (document: vscode.TextDocument, block: RequestBlock) => SignerStatus | null;
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
  const signer = deps.signer(document, block);
  const entries = lensEntries(signer && signerLabel(signer.guess), deps.outcome(document, block));
  const tooltip = signer === null ? undefined : guessText(signerSentence(signer), 500);
  return entries.map(({ title, action }) => {
    const command = action === null ? "" : commandIds[action];
    const told = action === "switchProfile" && tooltip !== undefined ? { tooltip } : {};
    return new vscode.CodeLens(range, { title, command, arguments: place, ...told });
  });
}
