import type { Readable, Writable } from "node:stream";
import { isatty } from "node:tty";
import { type Machine, thisMachine } from "../machine.ts";
import { removedAtExit } from "./leftovers.ts";
import { type NamedText, readNamedBytes } from "./namedText.ts";
import type { TerminalFacts } from "./threadMessages.ts";
import { fencedStream, isReadByRunner } from "./workflowCommands.ts";

/** What a command finds around it. Read from the process once, at the edge, and handed down. */
export interface Surroundings extends Machine, TerminalFacts {
  readonly cwd: string;
  /** Opened when it is first asked for. */
  readonly stdin: () => Readable;
  /** For text; nothing in it is a command to a runner of GitHub Actions. */
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Standard output for what has to come out as it is, and is harmless by itself. */
  readonly exactStdout: Writable;
  readonly exactStderr: Writable;
  /**
   * The bytes of the file of the command line; "-" is standard input.
   * @throws UserError `E_FILE`, `E_CANCELLED`
   */
  readonly namedBytes: (file: string, kind: NamedText) => Promise<Uint8Array>;
  /** Promises that a file or folder is gone when the process ends; gives what removes it before. */
  readonly removedAtExit: (path: string) => () => void;
  readonly signal: AbortSignal;
}

type Given = Pick<Surroundings, "stdin" | "stdout" | "stderr" | "namedBytes" | "removedAtExit" | "signal"> & {
  readonly terminal: TerminalFacts;
};

/** The surroundings of this process. */
export function processSurroundings(signal: AbortSignal): Surroundings {
  const { stdout, stderr } = process;
  waitForNoTerminal([stdout, stderr]);
  const stdin = () => process.stdin;
  return surroundingsOf({
    signal,
    stdin,
    stdout,
    stderr,
    terminal: {
      stdoutIsTerminal: stdout.isTTY === true,
      stderrIsTerminal: stderr.isTTY === true,
      canAsk: isatty(0) && stderr.isTTY === true,
      columns: Math.max(60, stdout.columns ?? 100),
    },
    namedBytes: (file, kind) => readNamedBytes(file, kind, { cwd: process.cwd(), stdin, signal }),
    removedAtExit,
  });
}

/**
 * Node writes to a terminal and waits until it has taken all; one that has stopped would keep signals from being seen. It is
 * changed only where Node has opened the terminal for itself: else the shell's own would become one that does not wait.
 */
function waitForNoTerminal(streams: readonly (NodeJS.WriteStream & { readonly fd: number })[]): void {
  for (const stream of streams) {
    const handle: unknown = Reflect.get(stream, "_handle");
    if (!stream.isTTY || typeof handle !== "object" || handle === null) continue;
    const { fd, setBlocking } = handle as { fd?: number; setBlocking?: (isBlocking: boolean) => void };
    if (fd !== undefined && fd !== stream.fd) setBlocking?.call(handle, false);
  }
}

/** The surroundings in this process with these streams. */
export function surroundingsOf({ terminal, stdout, stderr, ...given }: Given): Surroundings {
  const machine = thisMachine();
  const fence = (stream: Writable) => (isReadByRunner(machine.env) ? fencedStream(stream) : stream);
  return {
    ...machine,
    ...terminal,
    ...given,
    cwd: process.cwd(),
    stdout: fence(stdout),
    stderr: fence(stderr),
    exactStdout: stdout,
    exactStderr: stderr,
  };
}
