import * as vscode from "vscode";
import type { CommandName } from "../commandIds.ts";
import type { Picks } from "../identity/picks.ts";
import { selectEnvironment } from "../identity/selectEnvironment.ts";
import { switchProfile } from "../identity/switchProfile.ts";
import { moveKeysToProfile } from "../keys/moveKeysToProfile.ts";
import { moveKeyToEnvironment } from "../keys/moveKeyToEnvironment.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { Log } from "../log.ts";
import type { ResponsePanels } from "../panel/responsePanels.ts";
import { languageId, type RequestTarget, targetOfCommand } from "../requestTarget.ts";
import type { Sender } from "../sending/sender.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { EditorApprovals } from "../trust/approvals.ts";
import { isTrustedOrTold } from "../trust/workspaceTrust.ts";
import { type LocalEndpoints, tryWithoutAws } from "./tryWithoutAws.ts";

/** What the commands work with. */
export interface CommandDeps {
  readonly context: vscode.ExtensionContext;
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly approvals: EditorApprovals;
  readonly panels: ResponsePanels;
  readonly sender: Sender;
  readonly endpoints: LocalEndpoints;
  readonly log: Log;
  readonly runner: () => Promise<TripRunner>;
}

export type CommandHandler = (args: readonly unknown[]) => Promise<unknown>;

/** Every command. Arguments come from anywhere: what is not understood counts as not given. */
export function commandHandlers(deps: CommandDeps): Readonly<Record<CommandName, CommandHandler>> {
  const { sender, parsed, approvals, log } = deps;
  const atRequest =
    (run: (target: RequestTarget) => Promise<unknown>): CommandHandler =>
    async (args) => {
      const target = await targetOfCommand(args, parsed);
      if (target === null) tellNoRequest();
      else await run(target);
    };
  return {
    send: atRequest((target) => sender.send(target)),
    explainSignature: atRequest((target) => sender.explain(target)),
    copyCanonicalRequest: atRequest((target) => copyCanonicalRequest(target, deps)),
    sendAgain: async () => {
      if (await sender.sendAgain()) return;
      inform(vscode.l10n.t("No request was sent from this window yet, or it is gone."));
    },
    cancel: async () => {
      if (!sender.cancel(deps.panels.current() ?? undefined) && !sender.cancel())
        inform(vscode.l10n.t("No request is under way."));
    },
    switchProfile: async (args) => {
      if (!(await isTrustedOrTold())) return;
      const target = await targetOfCommand(args, parsed);
      await switchProfile(target?.document ?? activeDocument(), deps.picks, await deps.runner());
    },
    selectEnvironment: async () => {
      const document = activeDocument();
      if (document === null) tellNoRequest();
      else if (await isTrustedOrTold()) await selectEnvironment(document, deps.picks, await deps.runner());
    },
    tryWithoutAws: async () => {
      if (await isTrustedOrTold()) await tryWithoutAws(deps.context, deps.endpoints, await deps.runner());
    },
    showLog: async () => log.show(),
    forgetApprovals: () => forgetApprovals(approvals),
    moveKeysToProfile: async (args) => {
      if (await isTrustedOrTold()) await moveKeysToProfile(args, await deps.runner());
    },
    moveKeyToEnvironment: async (args) => {
      if (await isTrustedOrTold()) await moveKeyToEnvironment(args, deps.picks, await deps.runner());
    },
  };
}

async function copyCanonicalRequest(target: RequestTarget, { sender, runner }: CommandDeps): Promise<void> {
  const trip = await sender.sign(target);
  const text = (await runner()).canonicalRequestText(trip);
  if (text === null) {
    const why = trip.error === null ? vscode.l10n.t("This request is not signed.") : trip.error.message;
    void vscode.window.showErrorMessage([why, trip.error?.hint].filter(Boolean).join(" "));
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Canonical request copied; nothing was sent."), 4000);
}

async function forgetApprovals(approvals: EditorApprovals): Promise<void> {
  const count = await approvals.forget();
  inform(
    count === 0
      ? vscode.l10n.t("There was no approval to forget.")
      : vscode.l10n.t("Forgotten: {0}. The next send asks again.", count),
  );
}

function activeDocument(): vscode.TextDocument | null {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === languageId ? document : null;
}

function tellNoRequest(): void {
  inform(vscode.l10n.t("There is no request here: put the cursor into one of an .awsreq file."));
}

function inform(text: string): void {
  void vscode.window.showInformationMessage(text);
}
