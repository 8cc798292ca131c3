import * as vscode from "vscode";
import { requestAt } from "../../request/selectRequest.ts";
import type { RequestBlock } from "../../stages.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";
import { type SignerStatus, signerFacts } from "./signerText.ts";

/** What the hover is made of. */
export interface SignerHoverDeps {
  readonly parsed: ParsedDocuments;
  /** Null for a request that is not signed. */
  readonly signer: (document: vscode.TextDocument, block: RequestBlock) => SignerStatus | null;
}

/** Directives that say something about who signs, and for what. */
const directives: ReadonlySet<string> = new Set(["profile", "role", "region", "service", "auth", "account"]);

/** Says over a request line, and over the directives about it, who would sign and where that comes from. */
export function registerSignerHover({ parsed, signer }: SignerHoverDeps): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: "awsreq" },
    {
      provideHover(document, { line }) {
        const file = parsed.of(document);
        const block = requestAt(file.requests, line) ?? file.requests[0];
        if (block === undefined || !isAbout(line, block, file.preamble.directives)) return undefined;
        return new vscode.Hover(hoverText(signer(document, block)));
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
function hoverText(status: SignerStatus | null): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (status === null) return text.appendText(vscode.l10n.t("This request is not signed."));
  for (const [label, value] of signerFacts(status)) {
    text.appendMarkdown("- ").appendText(`${label}: ${value}`).appendMarkdown("\n");
  }
  const { conflict } = status.guess;
  return conflict === null ? text : text.appendMarkdown("\n").appendText(conflict);
}
