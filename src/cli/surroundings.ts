import type { Readable, Writable } from "node:stream";
import { isatty } from "node:tty";
import { type Machine, thisMachine } from "../machine.ts";
import { fencedStream, isReadByRunner } from "./workflowCommands.ts";

/** What a command finds around it. Read from the process once, at the edge, and handed down. */
export interface Surroundings extends Machine {
  readonly cwd: string;
  /** Opened when it is first asked for. */
  readonly stdin: () => Readable;
  /** For text; nothing in it is a command to a runner of GitHub Actions. */
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Standard output for what has to come out as it is, and is harmless by itself. */
  readonly exactStdout: Writable;
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
  const machine = thisMachine();
  const fence = (stream: Writable) => (isReadByRunner(machine.env) ? fencedStream(stream) : stream);
  return {
    ...machine,
    cwd: process.cwd(),
    stdin: () => process.stdin,
    stdout: fence(stdout),
    stderr: fence(stderr),
    exactStdout: stdout,
    stdoutIsTerminal: stdout.isTTY === true,
    stderrIsTerminal: stderr.isTTY === true,
    canAsk: isatty(0) && stderr.isTTY === true,
    columns: Math.max(60, stdout.columns ?? 100),
    signal,
  };
}
