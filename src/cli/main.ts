import type { Command } from "./command.ts";
import { exitCodes } from "./exitCode.ts";
import { interruptedLine, takeSignals } from "./interruption.ts";
import { isLargeText, runElsewhere } from "./largeText.ts";
import { captureFile, requestFile } from "./namedText.ts";
import { writeLines } from "./output.ts";
import { run, runCommand } from "./run.ts";
import { processSurroundings, type Surroundings } from "./surroundings.ts";
import { workHere } from "./workerThread.ts";

/** Runs the command line of this process. */
export async function main(): Promise<void> {
  const interruption = takeSignals();
  // Whoever writes is told by the callback; without a listener the process would end here, with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const surroundings = processSurroundings(interruption.signal);
  const argv = process.argv.slice(2);
  const code = await run(argv, surroundings, (command, here) => carryOut(argv, command, here));
  process.exitCode = code;
  const by = interruption.by();
  if (by === null) return;
  // What was cancelled has said so itself, unless it did in a document.
  if (code !== exitCodes.incomplete || argv.includes("--json"))
    await writeLines(surroundings, [interruptedLine(by)]);
  interruption.leave();
}

/** Runs what the main thread has handed to this one. */
export const work = workHere;

/** Signals are taken by this thread, so that what takes long goes to another. */
async function carryOut(
  argv: readonly string[],
  command: Command,
  surroundings: Surroundings,
): Promise<number> {
  if (!("file" in command) || command.file === undefined) return runCommand(command, surroundings);
  const kind = command.command === "diagnose" ? captureFile : requestFile;
  const bytes = await surroundings.namedBytes(command.file, kind);
  if (isLargeText(bytes)) return runElsewhere(argv, bytes, surroundings);
  return runCommand(command, { ...surroundings, namedBytes: async () => bytes });
}
