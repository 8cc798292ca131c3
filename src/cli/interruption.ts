import { writeSync } from "node:fs";
import { exitCodes } from "./exitCode.ts";

/** The signals that end a command, and what the process says of itself then. */
const exitCodeOf = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hungUp,
} as const;

type EndingSignal = keyof typeof exitCodeOf;

/** How a command learns that it is to end. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** The signal that came first; null as long as none has. */
  readonly by: () => EndingSignal | null;
  /** Ends the process, when a signal has come; files that were promised to be removed are. */
  leave(): void;
}

/**
 * How long the work may take to end by itself after a signal, in milliseconds. What is kept is written in that time. A
 * reader that has stopped, or a server that is silent, must not keep a process that was told to end.
 */
const endsWithin = 80;

/** Takes the signals: the first ends the work in an orderly way and soon, the second at once. */
export function takeSignals(): Interruption {
  const controller = new AbortController();
  let first: EndingSignal | null = null;
  const take = (name: EndingSignal) => () => {
    if (first !== null) leave(name);
    first = name;
    setTimeout(() => {
      tell(interruptedLine(name));
      leave(name);
    }, endsWithin);
    controller.abort();
  };
  for (const name of Object.keys(exitCodeOf) as EndingSignal[]) process.on(name, take(name));
  return {
    signal: controller.signal,
    by: () => first,
    leave: () => {
      if (first !== null) leave(first);
    },
  };
}

/** What is said of a command that a signal ended, where nothing more exact is known. */
export function interruptedLine(name: EndingSignal): string {
  return `awsreq: ended by ${name} (E_CANCELLED)`;
}

/** A reader that has stopped does not hold this up: what there is no room for is not said. */
function tell(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // There is nobody to tell.
  }
}

function leave(name: EndingSignal): never {
  // Node's exit waits for the thread in which the system looks up a name, which may take half a minute.
  if (process.getActiveResourcesInfo().includes("GetAddrInfoReqWrap")) {
    process.emit("exit", exitCodeOf[name]);
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  }
  process.exit(exitCodeOf[name]);
}
