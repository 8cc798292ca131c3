import * as vscode from "vscode";
import type { Trip } from "../../trip/trip.ts";
import type { CommandName } from "../commandIds.ts";
import type { ClockOffset } from "../doctor/clockOffset.ts";
import { diagnoseResponse } from "../doctor/diagnoseResponse.ts";
import type { Log } from "../log.ts";
import type { ResponsePanels } from "../panel/responsePanels.ts";
import type { RequestTarget } from "../requestTarget.ts";
import { forgetAllApprovals, showApprovals } from "../trust/approvalList.ts";
import { isTrustedOrTold } from "../trust/workspaceTrust.ts";
import { type IdentityCommandDeps, identityHandlers } from "./identityHandlers.ts";
import { type CommandHandler, inform, requestCommand } from "./requestCommand.ts";
import { type LocalEndpoints, tryWithoutAws } from "./tryWithoutAws.ts";
import { useForHttpFiles } from "./useForHttpFiles.ts";

/** What the commands work with. */
export interface CommandDeps extends IdentityCommandDeps {
  readonly context: vscode.ExtensionContext;
  readonly panels: ResponsePanels;
  readonly endpoints: LocalEndpoints;
  readonly clock: ClockOffset;
  readonly log: Log;
}

/** Every command. */
export function commandHandlers(deps: CommandDeps): Readonly<Record<CommandName, CommandHandler>> {
  const { sender, parsed, approvals, log } = deps;
  const atRequest = requestCommand(parsed);
  return {
    send: atRequest((target) => sender.send(target)),
    explainSignature: atRequest((target) => sender.explain(target)),
    copyCanonicalRequest: atRequest((target) => copyCanonicalRequest(target, deps)),
    copyPolicy: atRequest((target) => copyPolicy(target, deps)),
    useMachineClock: async () => {
      await deps.clock.use(0);
      inform(vscode.l10n.t("Requests of this workspace are signed with this machine's clock."));
    },
    diagnoseResponse: async () => diagnoseResponse(await deps.runner(), deps),
    sendAgain: async () => {
      if (await sender.sendAgain()) return;
      inform(vscode.l10n.t("No request was sent from this window yet, or it is gone."));
    },
    cancel: async () => {
      if (!sender.cancel(deps.panels.current() ?? undefined) && !sender.cancel())
        inform(vscode.l10n.t("No request is under way."));
    },
    tryWithoutAws: async () => {
      if (await isTrustedOrTold()) await tryWithoutAws(deps.context, deps.endpoints, await deps.runner());
    },
    useForHttpFiles: async () => {
      if (await isTrustedOrTold()) await useForHttpFiles();
    },
    showLog: async () => log.show(),
    approvals: async () => showApprovals(approvals, await deps.runner()),
    forgetApprovals: () => forgetAllApprovals(approvals),
    ...identityHandlers(deps),
  };
}

async function copyCanonicalRequest(target: RequestTarget, { sender, runner }: CommandDeps): Promise<void> {
  const trip = await sender.sign(target);
  const text = (await runner()).canonicalRequestText(trip);
  if (text === null) return tellWhyNot(trip, vscode.l10n.t("This request is not signed."));
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Canonical request copied; nothing was sent."), 4000);
}

async function copyPolicy(target: RequestTarget, { sender, runner }: CommandDeps): Promise<void> {
  const trip = await sender.sign(target);
  const text = await (await runner()).policyText(trip);
  if (text === null)
    return tellWhyNot(
      trip,
      vscode.l10n.t("This request does not tell which action it needs on which resource."),
    );
  await vscode.env.clipboard.writeText(text);
  inform(
    vscode.l10n.t(
      "Copied: the least policy that allows this request. In another account than the caller's, the resource has to allow it too.",
    ),
  );
}

function tellWhyNot({ error }: Trip, otherwise: string): void {
  const why = error === null ? otherwise : error.message;
  void vscode.window.showErrorMessage([why, error?.hint].filter(Boolean).join(" "));
}
