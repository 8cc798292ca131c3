import type { CommandName } from "../commandIds.ts";
import { selectEnvironment } from "../identity/selectEnvironment.ts";
import { askSendAs } from "../identity/sendAs.ts";
import { switchProfile } from "../identity/switchProfile.ts";
import { type WhoAmIDeps, whoAmI } from "../identity/whoAmI.ts";
import { moveKeysToProfile } from "../keys/moveKeysToProfile.ts";
import { moveKeyToEnvironment } from "../keys/moveKeyToEnvironment.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import { targetOfCommand } from "../requestTarget.ts";
import type { Sender } from "../sending/sender.ts";
import { isTrustedOrTold } from "../trust/workspaceTrust.ts";
import { activeDocument, type CommandHandler, requestCommand, tellNoRequest } from "./requestCommand.ts";

/** What the commands about who signs work with. */
export interface IdentityCommandDeps extends WhoAmIDeps {
  readonly parsed: ParsedDocuments;
  readonly sender: Sender;
}

type IdentityCommand = Extract<
  CommandName,
  "sendAs" | "switchProfile" | "selectEnvironment" | "whoAmI" | "moveKeysToProfile" | "moveKeyToEnvironment"
>;

/** The commands about who signs. Each reads files of the person's, so each needs a trusted workspace. */
export function identityHandlers(
  deps: IdentityCommandDeps,
): Readonly<Record<IdentityCommand, CommandHandler>> {
  const { parsed, picks, sender } = deps;
  const atRequest = requestCommand(parsed);
  return {
    switchProfile: ifTrusted(async (args) => {
      const target = await targetOfCommand(args, parsed);
      const runner = await deps.runner();
      await switchProfile(target?.document ?? activeDocument(), {
        picks,
        runner,
        whoAmI: () => whoAmI(target, deps),
      });
    }),
    sendAs: atRequest(async (target) => {
      if (!(await isTrustedOrTold())) return;
      const as = await askSendAs(target, await deps.runner());
      if (as !== undefined) await sender.sendAs(target, as);
    }),
    whoAmI: ifTrusted(async (args) => whoAmI(await targetOfCommand(args, parsed), deps)),
    selectEnvironment: async () => {
      const document = activeDocument();
      if (document === null) tellNoRequest();
      else if (await isTrustedOrTold()) await selectEnvironment(document, picks, await deps.runner());
    },
    moveKeysToProfile: ifTrusted(async (args) => moveKeysToProfile(args, await deps.runner())),
    moveKeyToEnvironment: ifTrusted(async (args) => moveKeyToEnvironment(args, picks, await deps.runner())),
  };
}

function ifTrusted(run: CommandHandler): CommandHandler {
  return async (args) => {
    if (await isTrustedOrTold()) await run(args);
  };
}
