import * as vscode from "vscode";
import { rangeOf } from "./diagnostics.ts";
import { folds, outline } from "./outline.ts";
import type { ParsedDocuments } from "./parsedDocuments.ts";

/** The outline of request files, and where they fold. */
export function registerStructure(parsed: ParsedDocuments): vscode.Disposable {
  const selector = { language: "awsreq" };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) =>
        outline(parsed.of(document)).map(
          ({ name, detail, range, selection }) =>
            new vscode.DocumentSymbol(
              name,
              detail,
              vscode.SymbolKind.Method,
              rangeOf(range),
              rangeOf(selection),
            ),
        ),
    }),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) =>
        folds(parsed.of(document), (line) => document.lineAt(line).isEmptyOrWhitespace).map(
          ({ start, end }) => new vscode.FoldingRange(start, end, vscode.FoldingRangeKind.Region),
        ),
    }),
  );
}
