import { approvalsCommand } from "./approvalsCommand.ts";
import { diagnoseCommand } from "./diagnoseCommand.ts";
import { endpointCommand } from "./endpointCommand.ts";

/** Commands that most runs do not need: a bundle of their own, so that `send` does not compile them. */
export const laterCommands = { approvalsCommand, diagnoseCommand, endpointCommand } as const;
