import { exitCodes } from "./exitCode.ts";
import { writeBug } from "./output.ts";
import { runCommandLine } from "./runCommandLine.ts";
import { processSurroundings } from "./surroundings.ts";

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
    const code = await runCommandLine(process.argv.slice(2), surroundings);
    process.exitCode = exitCode() ?? code;
  } catch (error) {
    await writeBug(surroundings, error);
    process.exitCode = exitCodes.bug;
  }
}

void main();
