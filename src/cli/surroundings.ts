import { homedir, tmpdir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { isatty } from "node:tty";

/** What a command finds around it. Read from the process once, at the edge, and handed down. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null when there is no home directory. */
  readonly home: string | null;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly tmpdir: string;
  /** Null where the system has no user ids. */
  readonly uid: number | null;
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
  const { env, platform, stdout, stderr } = process;
  const home = homedir();
  return {
    env,
    home: home === "" ? null : home,
    cwd: process.cwd(),
    platform,
    tmpdir: tmpdir(),
    uid: process.getuid?.() ?? null,
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
