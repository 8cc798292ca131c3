import * as vscode from "vscode";
import { keyInDocument, type RequestTarget } from "./requestTarget.ts";

/** What became of the last send of each request, for the line above it. */
export interface Outcomes extends vscode.Disposable {
  /** `200 OK · 187 ms`, or null when it was not sent yet. */
  of(target: RequestTarget): string | null;
  set(target: RequestTarget, text: string): void;
  /** Of which document it became known. */
  readonly onDidChange: vscode.Event<vscode.TextDocument>;
}

/** Kept for as long as the window lasts. */
export function createOutcomes(): Outcomes {
  const changed = new vscode.EventEmitter<vscode.TextDocument>();
  const texts = new Map<string, Map<string, string>>();
  return {
    of: ({ document, block }) => texts.get(document.uri.toString())?.get(keyInDocument(block)) ?? null,
    set({ document, block }, text) {
      const uri = document.uri.toString();
      const known = texts.get(uri) ?? new Map<string, string>();
      texts.set(uri, known.set(keyInDocument(block), text));
      changed.fire(document);
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
