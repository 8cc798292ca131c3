import * as vscode from "vscode";
import { requestAt } from "../../request/selectRequest.ts";
import type { RequestBlock } from "../../stages.ts";
import type { SignerOf } from "../identity/signerPreviews.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";
import { type SignerStatus, signerFacts, signerSentences } from "./signerText.ts";

/** What the hover is made of. */
export interface SignerHoverDeps {
  readonly parsed: ParsedDocuments;
  readonly signerOf: SignerOf;
}

/** Directives that say something about who signs, and for what. */
const directives: ReadonlySet<string> = new Set(["profile", "role", "region", "service", "auth", "account"]);

/** Says over a request line, and over the directives about it, who would sign and where that comes from. */
export function registerSignerHover({ parsed, signerOf }: SignerHoverDeps): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: "awsreq" },
    {
      async provideHover(document, { line }) {
        const file = parsed.of(document);
        const block = requestAt(file.requests, line) ?? file.requests[0];
        if (block === undefined || !isAbout(line, block, file.preamble.directives)) return undefined;
        const signer = await signerOf(document);
        return new vscode.Hover(hoverText(await signer(block)));
      },
    },
  );
}

function isAbout(line: number, block: RequestBlock, preamble: RequestBlock["directives"]): boolean {
  if (block.method.range.start.line === line) return true;
  return [...block.directives, ...preamble].some(
    ({ key }) => key.range.start.line === line && directives.has(key.text),
  );
}

/** Values come from files: they are text, never markup. */
function hoverText(status: SignerStatus): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const [label, value] of signerFacts(status)) {
    text.appendMarkdown("- ").appendText(`${label}: ${value}`).appendMarkdown("\n");
  }
  for (const sentence of signerSentences(status))
    text.appendMarkdown("\n").appendText(sentence).appendMarkdown("\n");
  return text;
}
