import * as vscode from "vscode";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { isRequestDocument } from "../requestDocument.ts";
import { type RequestTarget, targetOfCommand } from "../requestTarget.ts";

/** What a command does with its arguments, which come from anywhere: what is not understood counts as not given. */
export type CommandHandler = (args: readonly unknown[]) => Promise<unknown>;

/** Makes handlers of commands that are about one request: the one of the arguments, else the one at the cursor. */
export function requestCommand(
  parsed: ParsedDocuments,
): (run: (target: RequestTarget) => Promise<unknown>) => CommandHandler {
  return (run) => async (args) => {
    const target = await targetOfCommand(args, parsed);
    if (target === null) tellNoRequest();
    else await run(target);
  };
}

/** The request file in front, or null. */
export function activeDocument(): vscode.TextDocument | null {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isRequestDocument(document) ? document : null;
}

/** Says that a command found no request to work on. */
export function tellNoRequest(): void {
  inform(vscode.l10n.t("There is no request here: put the cursor into one of an .awsreq file."));
}

/** A sentence that nobody has to answer. */
export function inform(text: string): void {
  void vscode.window.showInformationMessage(text);
}
