import { UserError } from "../errors.ts";
import { tripErrorOf } from "../trip/trip.ts";
import { fileOf, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { exitCodeOfError, exitCodes } from "./exitCode.ts";
import { explainCommand } from "./explainCommand.ts";
import { helpText } from "./help.ts";
import { listCommand } from "./listCommand.ts";
import { isLostOutput, versionText, write, writeDocument, writeError } from "./output.ts";
import { sendCommand } from "./sendCommand.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";
import { whoamiCommand } from "./whoamiCommand.ts";

/**
 * Runs one command line and returns its exit code.
 * @param argv without the executable and the script
 * @param effects what `send` does to the world
 * @throws what is a bug
 */
export async function runCommandLine(
  argv: readonly string[],
  surroundings: Surroundings,
  effects = tripEffects,
): Promise<number> {
  try {
    return await runCommand(parseArguments(argv), surroundings, effects);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const told = tripErrorOf(error);
    if (argv.includes("--json") && !isLostOutput(error))
      await writeDocument(surroundings, { file: fileOf(argv), problems: [], notes: [] }, [], told);
    else await writeError(surroundings, told);
    return exitCodeOfError(told);
  }
}

async function runCommand(
  command: Command,
  surroundings: Surroundings,
  effects: typeof tripEffects,
): Promise<number> {
  switch (command.command) {
    case "send":
      return sendCommand(command, surroundings, effects);
    case "explain":
      return explainCommand(command, surroundings);
    case "whoami":
      return whoamiCommand(command, surroundings);
    case "diagnose":
      return (await loadLater()).diagnoseCommand(command, surroundings);
    case "list":
      return listCommand(command, surroundings);
    case "approvals":
      return (await loadLater()).approvalsCommand(command, surroundings);
    case "endpoint":
      return (await loadLater()).endpointCommand(command, surroundings);
    case "help":
      await write(surroundings.exactStdout, helpText);
      return exitCodes.good;
    case "version":
      await write(surroundings.exactStdout, `${versionText}\n`);
      return exitCodes.good;
  }
}

async function loadLater() {
  return (await import("./laterCommands.ts")).laterCommands;
}
