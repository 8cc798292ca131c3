import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Environment } from "../files/profile.ts";

/** How a command is run. */
export interface ProcessSettings {
  readonly cwd: string;
  readonly env: Environment;
  /** Milliseconds until it is killed. */
  readonly timeout: number;
  /** Bytes of output after which it is killed. */
  readonly outputLimit: number;
  readonly signal: AbortSignal;
  readonly platform: NodeJS.Platform;
}

/** How long the rest of the output is waited for when the command itself has ended, in milliseconds. */
const restOfOutput = 1_000;

/** How it ended; only a command that ended by itself with 0 has an output that counts. */
export type ProcessEnd =
  /** `held`: a process that it left behind kept its output open. */
  | { readonly kind: "output"; readonly bytes: Uint8Array; readonly held: boolean }
  | { readonly kind: "exitCode"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string }
  /** `code` is the system's: ENOENT, EACCES, … */
  | { readonly kind: "notStarted"; readonly code: string }
  /** The folder that it was to run in does not exist. */
  | { readonly kind: "noFolder" }
  | { readonly kind: "timeout" }
  | { readonly kind: "tooMuchOutput" }
  | { readonly kind: "aborted" };

/**
 * Runs a command without a shell and captures its standard output. It has no standard input and no terminal, its
 * standard error goes nowhere, and with it every process that it started in its group is killed. One that ends by itself
 * may leave a process behind that holds its output open: what came by then counts, and the group is killed. An agent
 * that means to stay has a group of its own.
 */
export function runCaptured(
  file: string,
  args: readonly string[],
  settings: ProcessSettings,
): Promise<ProcessEnd> {
  const { timeout, outputLimit, signal, platform } = settings;
  if (signal.aborted) return Promise.resolve({ kind: "aborted" });
  // The system reports a missing folder as if the program were missing.
  if (!existsSync(settings.cwd)) return Promise.resolve({ kind: "noFolder" });
  return new Promise((resolve) => {
    const child = spawned(file, args, settings);
    if (typeof child === "string") {
      resolve({ kind: "notStarted", code: child });
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    let rest: NodeJS.Timeout | undefined;
    const end = (how: ProcessEnd) => {
      clearTimeout(timer);
      clearTimeout(rest);
      signal.removeEventListener("abort", abort);
      resolve(how);
    };
    const kill = (how: ProcessEnd) => {
      killGroup(child, platform);
      child.stdout?.destroy();
      end(how);
    };
    const abort = () => kill({ kind: "aborted" });
    const timer = setTimeout(() => kill({ kind: "timeout" }), timeout);
    signal.addEventListener("abort", abort, { once: true });
    child.stdout?.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputLimit) kill({ kind: "tooMuchOutput" });
      else chunks.push(chunk);
    });
    child.on("error", (error) => end({ kind: "notStarted", code: codeOf(error) }));
    const ended = (code: number | null, by: string | null, held = false) => {
      if (code === 0) end({ kind: "output", bytes: Buffer.concat(chunks), held });
      else end(code === null ? { kind: "killed", signal: by ?? "a signal" } : { kind: "exitCode", code });
    };
    child.on("close", (code, by) => ended(code, by));
    child.on("exit", (code, by) => {
      rest = setTimeout(() => {
        killGroup(child, platform);
        child.stdout?.destroy();
        ended(code, by, true);
      }, restOfOutput);
    });
  });
}

/** The child, or the system's code when it cannot even be tried (a batch file, a name with NUL). */
function spawned(
  file: string,
  args: readonly string[],
  { cwd, env, platform }: ProcessSettings,
): ChildProcess | string {
  try {
    // A group and session of its own: one kill reaches all of it, and there is no terminal to ask on.
    return spawn(file, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "ignore"],
      detached: platform !== "win32",
      windowsHide: true,
      shell: false,
    });
  } catch (error) {
    return codeOf(error);
  }
}

function killGroup(child: ChildProcess, platform: NodeJS.Platform): void {
  try {
    if (child.pid === undefined || platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone already; the child itself may still have to be reaped.
    child.kill("SIGKILL");
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "an unknown error";
}
