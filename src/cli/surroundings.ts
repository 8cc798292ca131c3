import type { Readable, Writable } from "node:stream";
import { isatty } from "node:tty";
import { type Machine, thisMachine } from "../machine.ts";

/** What a command finds around it. Read from the process once, at the edge, and handed down. */
export interface Surroundings extends Machine {
  readonly cwd: string;
  /** Opened when it is first asked for. */
  readonly stdin: () => Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Whether a question can be asked and answered. */
  readonly canAsk: boolean;
  /** Characters in a line of the terminal. */
  readonly columns: number;
  readonly signal: AbortSignal;
}

/** The surroundings of this process. */
export function processSurroundings(signal: AbortSignal): Surroundings {
  const { stdout, stderr } = process;
  return {
    ...thisMachine(),
    cwd: process.cwd(),
    stdin: () => process.stdin,
    stdout,
    stderr,
    stdoutIsTerminal: stdout.isTTY === true,
    stderrIsTerminal: stderr.isTTY === true,
    canAsk: isatty(0) && stderr.isTTY === true,
    columns: Math.max(60, stdout.columns ?? 100),
    signal,
  };
}
