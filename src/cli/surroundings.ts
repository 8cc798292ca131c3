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
