import * as vscode from "vscode";
import type { Fix, FixCommand } from "../../diagnosis/fixes/fix.ts";
import type { RestoreKey } from "../../page/view.ts";
import { commandIds } from "../commandIds.ts";
import { inform } from "../commands/requestCommand.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { isRequestOf, targetOfKey } from "../requestTarget.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import { editFor } from "./applyChange.ts";
import type { ClockOffset } from "./clockOffset.ts";

/** What fixes work with. */
export interface FixDeps {
  readonly parsed: ParsedDocuments;
  readonly clock: ClockOffset;
  readonly runner: () => Promise<TripRunner>;
  /** Sends the request of that key again. */
  readonly send: (key: RestoreKey) => Promise<void>;
}

/** Does what a fix says; `send`: an edit is followed by the request. */
export async function runFix(fix: Fix, key: RestoreKey, send: boolean, deps: FixDeps): Promise<void> {
  switch (fix.kind) {
    case "advice":
      return;
    case "copy":
      return vscode.env.clipboard.writeText(fix.text);
    case "link":
      await vscode.env.openExternal(vscode.Uri.parse(fix.url, true));
      return;
    case "command":
      return runCommand(fix.command, key, deps);
    case "edit":
      if ((await edit(fix, key, deps)) && send) await deps.send(key);
  }
}

async function edit(
  { change }: Extract<Fix, { kind: "edit" }>,
  key: RestoreKey,
  { parsed }: FixDeps,
): Promise<boolean> {
  const target = await targetOfKey(key, parsed);
  // What stands in its place by now may be another request.
  const made = target !== null && isRequestOf(key, target) ? editFor(target, change) : null;
  if (made !== null && (await vscode.workspace.applyEdit(made))) return true;
  inform(vscode.l10n.t("The request has changed since: its text does not show the place any more."));
  return false;
}

async function runCommand(command: FixCommand, key: RestoreKey, deps: FixDeps): Promise<void> {
  switch (command.id) {
    case "switchProfile":
      await vscode.commands.executeCommand(commandIds.switchProfile, key.document, key.line);
      return;
    case "refreshCredentials":
      (await deps.runner()).cache.clear();
      return deps.send(key);
    case "signWithServerTime":
      // Measured against the time that was signed, which may have an offset already.
      await deps.clock.use(deps.clock.value() + command.offset);
      return deps.send(key);
    case "sendAgain":
      return deps.send(key);
  }
}
