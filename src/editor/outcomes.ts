import * as vscode from "vscode";
import { type RequestTarget, requestKey } from "./requestTarget.ts";

/** What became of the last send of each request, for the line above it. */
export interface Outcomes extends vscode.Disposable {
  /** `200 OK · 187 ms`, or null when it was not sent yet. */
  of(target: RequestTarget): string | null;
  set(target: RequestTarget, text: string): void;
  readonly onDidChange: vscode.Event<void>;
}

/** Kept for as long as the window lasts. */
export function createOutcomes(): Outcomes {
  const changed = new vscode.EventEmitter<void>();
  const texts = new Map<string, string>();
  return {
    of: (target) => texts.get(requestKey(target)) ?? null,
    set(target, text) {
      texts.set(requestKey(target), text);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
