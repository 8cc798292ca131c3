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
import { processSurroundings, type Surroundings } from "./surroundings.ts";
import { whoamiCommand } from "./whoamiCommand.ts";

/** Runs one command line and returns its exit code. */
async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await runCommand(parseArguments(argv), surroundings);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const told = tripErrorOf(error);
    if (argv.includes("--json") && !isLostOutput(error))
      await writeDocument(surroundings, fileOf(argv), [], [], told);
    else await writeError(surroundings, told);
    return exitCodeOfError(told);
  }
}

async function runCommand(command: Command, surroundings: Surroundings): Promise<number> {
  switch (command.command) {
    case "send":
      return sendCommand(command, surroundings);
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

/** How long the work may take to end after a signal, in milliseconds; what is kept is written in that time. */
const endsWithin = 2_000;

/** The first signal ends the work in an orderly way and soon, the second at once. Temporary files go either way. */
function stopOnSignals(): { readonly signal: AbortSignal; readonly exitCode: () => number | null } {
  const controller = new AbortController();
  let received: number | null = null;
  const stop = (code: number) => () => {
    if (received !== null) process.exit(code);
    received = code;
    controller.abort();
    // A reader that has stopped, or a disk that is slow, must not keep a process that was told to end.
    setTimeout(() => process.exit(code), endsWithin).unref();
  };
  process.on("SIGINT", stop(exitCodes.interrupted));
  process.on("SIGTERM", stop(exitCodes.terminated));
  process.on("SIGHUP", stop(exitCodes.hungUp));
  return { signal: controller.signal, exitCode: () => received };
}

async function main(): Promise<void> {
  const { signal, exitCode } = stopOnSignals();
  // Whoever writes is told by the callback; without a listener the process would end here, with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const surroundings = processSurroundings(signal);
  try {
    const code = await run(process.argv.slice(2), surroundings);
    process.exitCode = exitCode() ?? code;
  } catch (error) {
    await writeBug(surroundings, error);
    process.exitCode = exitCodes.bug;
  }
}

void main();
