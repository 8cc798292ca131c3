import * as vscode from "vscode";
import type { Log } from "./log.ts";

/**
 * The words of a UserError, or null for anything else. By its name: the class exists once in each bundle, so
 * `instanceof` would not know the other's.
 */
export function userErrorText(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== "UserError") return null;
  const hint = "hint" in error && typeof error.hint === "string" ? ` ${error.hint}` : "";
  return `${error.message}${hint}`;
}

/** Runs a command; what goes wrong is told, and a bug goes into the log with its stack. */
export async function told(what: string, log: Log, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const text = userErrorText(error);
    if (text !== null) void vscode.window.showErrorMessage(text);
    else {
      log.bug(what, error);
      void vscode.window.showErrorMessage(
        vscode.l10n.t("Something went wrong inside awsreq. The log says where."),
      );
    }
  }
}
