import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Surroundings } from "./surroundings.ts";
import type { FromThread, ThreadStart, ToThread } from "./threadMessages.ts";

/** Bytes; parsing, signing and showing what is shorter takes no tenth of a second. */
const largestHere = 64 * 1024;

/** Whether a text is too large for a thread that has to listen to signals. */
export function isLargeText(bytes: Uint8Array): boolean {
  return bytes.length > largestHere;
}

/**
 * Runs a command line in a thread of its own, with the streams of these surroundings, and gives its exit code. The thread
 * ends with the process, in the middle of its work if need be.
 * @param given bytes of the request file, which go over to the thread
 */
export async function runElsewhere(
  argv: readonly string[],
  given: Uint8Array,
  surroundings: Surroundings,
): Promise<number> {
  const { stdoutIsTerminal, stderrIsTerminal, canAsk, columns, signal } = surroundings;
  const terminal = { stdoutIsTerminal, stderrIsTerminal, canAsk, columns };
  const bytes = given.length === given.buffer.byteLength ? given : new Uint8Array(given);
  const workerData: ThreadStart = { argv, bytes, terminal };
  const thread = new Worker(join(__dirname, "worker.js"), {
    workerData,
    transferList: [bytes.buffer as ArrayBuffer],
  });
  const abort = () => thread.postMessage({ kind: "abort" } satisfies ToThread);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    const failed = once(thread, "exit").then(([code]) => {
      throw new Error(`The thread that runs the command ended with ${code}.`);
    });
    return await Promise.race([ended(thread, surroundings), failed]);
  } finally {
    signal.removeEventListener("abort", abort);
    await thread.terminate();
  }
}

function ended(thread: Worker, surroundings: Surroundings): Promise<number> {
  const removals = new Map<string, () => void>();
  return new Promise((resolve, reject) => {
    thread.once("error", reject);
    thread.on("message", (message: FromThread) => {
      if (message.kind === "ended") resolve(message.code);
      else if (message.kind === "write") writeFor(thread, message, surroundings);
      else if (message.kind === "input") passInput(thread, surroundings);
      else if (!message.isDone) removals.set(message.path, surroundings.removedAtExit(message.path));
      else removals.get(message.path)?.();
    });
  });
}

function writeFor(
  thread: Worker,
  { to, id, data }: Extract<FromThread, { kind: "write" }>,
  { exactStdout, exactStderr }: Surroundings,
): void {
  const stream = to === "stdout" ? exactStdout : exactStderr;
  stream.write(data, (error: NodeJS.ErrnoException | null | undefined) => {
    const told = error ? { code: error.code, message: error.message } : null;
    thread.postMessage({ kind: "written", id, error: told } satisfies ToThread);
  });
}

function passInput(thread: Worker, { stdin, signal }: Surroundings): void {
  const input = stdin();
  const pass = (bytes: Uint8Array | null) =>
    thread.postMessage({ kind: "input", bytes: bytes && new Uint8Array(bytes) } satisfies ToThread);
  input.on("data", pass);
  input.once("end", () => pass(null));
  const stop = () => input.destroy();
  signal.addEventListener("abort", stop, { once: true });
  thread.once("exit", stop);
}
