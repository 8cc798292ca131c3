import type * as vscode from "vscode";
import { parseRequestFile } from "../../request/parse.ts";
import type { RequestFile } from "../../stages.ts";

/** Parsed buffers: each version is parsed once, and of it only what differs from the version before. */
export interface ParsedDocuments {
  of(document: vscode.TextDocument): RequestFile;
}

/** Keeps what was parsed for as long as the document is open. */
export function createParsedDocuments(): ParsedDocuments {
  const kept = new WeakMap<vscode.TextDocument, Kept>();
  return {
    of(document) {
      const known = kept.get(document);
      if (known?.version === document.version) return known.file;
      const file = parseRequestFile(document.getText(), undefined, known?.file);
      kept.set(document, { version: document.version, file });
      return file;
    },
  };
}

interface Kept {
  readonly version: number;
  readonly file: RequestFile;
}
