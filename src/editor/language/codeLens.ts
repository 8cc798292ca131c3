import * as vscode from "vscode";
import type { RequestBlock, RequestFile } from "../../stages.ts";
import { commandIds } from "../commandIds.ts";
import { guessText } from "../identity/guessText.ts";
import type { SignerOf } from "../identity/signerPreviews.ts";
import { once } from "../once.ts";
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
  readonly shown: ShownDocument;
  readonly block: RequestBlock;
  readonly entry: "send" | "signer";

  constructor(shown: ShownDocument, block: RequestBlock, entry: PreviewLens["entry"]) {
    super(lensRange(block));
    this.shown = shown;
    this.block = block;
    this.entry = entry;
  }
}

/** What the lines above the requests of a document have in common until they are drawn anew. */
interface ShownDocument {
  readonly document: vscode.TextDocument;
  readonly signer: () => ReturnType<SignerOf>;
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
        ? lensesOf({ document, signer: once(() => signerOf(document)) }, parsed.of(document), outcome)
        : [],
    resolveCodeLens: (lens) => (lens instanceof PreviewLens ? resolved(lens) : lens),
  });
}

function lensesOf(
  shown: ShownDocument,
  { requests }: RequestFile,
  outcome: CodeLensDeps["outcome"],
): vscode.CodeLens[] {
  const lenses: vscode.CodeLens[] = [];
  for (const block of requests) {
    lenses.push(new PreviewLens(shown, block, "send"), new PreviewLens(shown, block, "signer"));
    const title = outcome(shown.document, block);
    if (title !== null) lenses.push(new vscode.CodeLens(lensRange(block), { title, command: "" }));
  }
  return lenses;
}

function lensRange(block: RequestBlock): vscode.Range {
  const line = lensLine(block);
  return new vscode.Range(line, 0, line, 0);
}

async function resolved(lens: PreviewLens): Promise<vscode.CodeLens> {
  const { shown, block, entry } = lens;
  const { document } = shown;
  const signer = await shown.signer();
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
