import { UserError } from "../errors.ts";
import { tripErrorOf } from "../trip/trip.ts";
import { fileOf, parseArguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { exitCodeOfError, exitCodes } from "./exitCode.ts";
import { explainCommand } from "./explainCommand.ts";
import { helpText, versionText } from "./help.ts";
import { listCommand } from "./listCommand.ts";
import { isLostOutput, write, writeBug, writeDocument, writeError } from "./output.ts";
import { sendCommand } from "./sendCommand.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";
import { whoamiCommand } from "./whoamiCommand.ts";

/** Carries out a command and gives its exit code; may do so elsewhere. */
export type CarryOut = (command: Command, surroundings: Surroundings) => Promise<number>;

/** Runs one command line and returns its exit code. What it ends with is told, a fault of this program too. */
export async function run(
  argv: readonly string[],
  surroundings: Surroundings,
  carryOut: CarryOut = (command, here) => runCommand(command, here),
): Promise<number> {
  try {
    return await carryOut(parseArguments(argv), surroundings);
  } catch (error) {
    if (!(error instanceof UserError)) {
      await writeBug(surroundings, error);
      return exitCodes.bug;
    }
    const told = tripErrorOf(error);
    if (argv.includes("--json") && !isLostOutput(error))
      await writeDocument(surroundings, { file: fileOf(argv), problems: [], notes: [] }, [], told);
    else await writeError(surroundings, told);
    return exitCodeOfError(told);
  }
}

/**
 * Carries out a command here.
 * @param effects what `send` does to the world
 */
export async function runCommand(
  command: Command,
  surroundings: Surroundings,
  effects = tripEffects,
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
