import * as vscode from "vscode";
import type { RequestBlock } from "../../stages.ts";
import { commandIds } from "../commandIds.ts";
import { guessText } from "../identity/guessText.ts";
import type { SignerOf } from "../identity/signerPreviews.ts";
import { isRequestDocument, requestLanguages } from "../requestDocument.ts";
import { showsCodeLens } from "../settings.ts";
import { type LensEntry, lensLine, previewEntries } from "./lensTitles.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";
import { previewTitles } from "./previewTitles.ts";
import { signerSentence, signerSentences } from "./signerText.ts";

/** What the line above each request is made of. */
export interface CodeLensDeps {
  readonly parsed: ParsedDocuments;
  readonly signerOf: SignerOf;
  readonly outcome: (document: vscode.TextDocument, block: RequestBlock) => string | null;
  readonly onDidChange: vscode.Event<void>;
}

/** An entry whose words are found when it comes into view. */
class PreviewLens extends vscode.CodeLens {
  readonly document: vscode.TextDocument;
  readonly block: RequestBlock;
  readonly entry: "send" | "signer";

  constructor(document: vscode.TextDocument, block: RequestBlock, entry: PreviewLens["entry"]) {
    super(lensRange(block));
    this.document = document;
    this.block = block;
    this.entry = entry;
  }
}

/** Puts a line above each request. */
export function registerCodeLens({
  parsed,
  signerOf,
  outcome,
  onDidChange,
}: CodeLensDeps): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(requestLanguages, {
    onDidChangeCodeLenses: onDidChange,
    provideCodeLenses: (document) =>
      isRequestDocument(document) && showsCodeLens(document)
        ? parsed.of(document).requests.flatMap((block) => lensesOf(document, block, outcome(document, block)))
        : [],
    resolveCodeLens: (lens) => (lens instanceof PreviewLens ? resolved(lens, signerOf) : lens),
  });
}

function lensesOf(
  document: vscode.TextDocument,
  block: RequestBlock,
  outcome: string | null,
): vscode.CodeLens[] {
  const ended = new vscode.CodeLens(lensRange(block), { title: outcome ?? "", command: "" });
  return [
    new PreviewLens(document, block, "send"),
    new PreviewLens(document, block, "signer"),
    ...(outcome === null ? [] : [ended]),
  ];
}

function lensRange(block: RequestBlock): vscode.Range {
  const line = lensLine(block);
  return new vscode.Range(line, 0, line, 0);
}

async function resolved(lens: PreviewLens, signerOf: SignerOf): Promise<vscode.CodeLens> {
  const { document, block, entry } = lens;
  const signer = await signerOf(document);
  const status = await signer(block);
  const { title, action }: LensEntry = previewEntries(previewTitles(status.preview))[entry];
  const sentences = [signerSentence(status), ...signerSentences(status)].filter((text) => text !== "");
  lens.command = {
    title,
    command: action === null ? "" : commandIds[action],
    arguments: [document.uri.toString(), block.method.range.start.line],
    ...(entry === "signer" && { tooltip: guessText(sentences.join(" "), 500) }),
  };
  return lens;
}
