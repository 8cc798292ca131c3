import type * as vscode from "vscode";
import { createKnownIdentities } from "./editor/identity/knownIdentities.ts";
import { createPicks } from "./editor/identity/picks.ts";
import { createParsedDocuments } from "./editor/language/parsedDocuments.ts";
import { createOutcomes } from "./editor/outcomes.ts";
import { registerCommands } from "./editor/registerCommands.ts";
import { registerLanguage } from "./editor/registerLanguage.ts";

/** A table of contents: the language at once, what sends when it is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const parsed = createParsedDocuments();
  const picks = createPicks(context.workspaceState);
  const outcomes = createOutcomes();
  const identities = createKnownIdentities();
  const deps = { context, parsed, picks, outcomes, identities };
  context.subscriptions.push(picks, outcomes, identities, registerLanguage(deps), registerCommands(deps));
}
