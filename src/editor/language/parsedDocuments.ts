import type * as vscode from "vscode";
import { parseRequestFile } from "../../request/parse.ts";
import type { RequestFile } from "../../stages.ts";

/** Parsed buffers, each version parsed once. */
export interface ParsedDocuments {
  of(document: vscode.TextDocument): RequestFile;
}

/** Keeps what was parsed for as long as the document is open. */
export function createParsedDocuments(): ParsedDocuments {
  const kept = new WeakMap<vscode.TextDocument, { readonly version: number; readonly file: RequestFile }>();
  return {
    of(document) {
      const known = kept.get(document);
      if (known?.version === document.version) return known.file;
      const file = parseRequestFile(document.getText());
      kept.set(document, { version: document.version, file });
      return file;
    },
  };
}
