import { rmSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { run } from "./run.ts";
import { surroundingsOf } from "./surroundings.ts";
import type { FromThread, ThreadStart, ToThread } from "./threadMessages.ts";

/** Runs what the main thread has handed to this one; its streams are the main thread's. */
export async function workHere(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error("There is no thread to work for.");
  const { argv, bytes, terminal } = workerData as ThreadStart;
  const controller = new AbortController();
  const link = linkTo(port, () => controller.abort());
  const surroundings = surroundingsOf({
    terminal,
    signal: controller.signal,
    stdin: () => link.input(),
    stdout: link.stream("stdout"),
    stderr: link.stream("stderr"),
    namedBytes: async () => bytes,
    removedAtExit(path) {
      link.say({ kind: "remove", path, isDone: false });
      return () => {
        rmSync(path, { recursive: true, force: true });
        link.say({ kind: "remove", path, isDone: true });
      };
    },
  });
  link.say({ kind: "ended", code: await run(argv, surroundings) });
}

interface Link {
  say(message: FromThread): void;
  stream(to: "stdout" | "stderr"): Writable;
  /** Standard input, wanted from the first call on. */
  input(): Readable;
}

function linkTo(port: MessagePort, onAbort: () => void): Link {
  const say = (message: FromThread) => port.postMessage(message);
  const waiting = new Map<number, (error: Error | null) => void>();
  let input: Readable | null = null;
  port.on("message", (message: ToThread) => {
    if (message.kind === "abort") onAbort();
    else if (message.kind === "input") input?.push(message.bytes);
    else {
      const done = waiting.get(message.id);
      waiting.delete(message.id);
      done?.(message.error && Object.assign(new Error(message.error.message), { code: message.error.code }));
    }
  });
  let count = 0;
  const write = (to: "stdout" | "stderr", data: Uint8Array, done: (error: Error | null) => void) => {
    const id = count++;
    waiting.set(id, done);
    say({ kind: "write", to, id, data });
  };
  return {
    say,
    stream: (to) => streamOf((data, done) => write(to, data, done)),
    input() {
      if (input === null) say({ kind: "input" });
      input ??= new Readable({ read: () => undefined });
      return input;
    },
  };
}

/** Bytes of one message: more would keep the thread that listens to signals busy. */
const largestPiece = 256 * 1024;

function streamOf(write: (data: Uint8Array, done: (error: Error | null) => void) => void): Writable {
  const stream = new Writable({
    write(data: Buffer, _encoding, done) {
      const from = (at: number) => {
        // A copy: with a view, all that lies behind it would go along.
        write(new Uint8Array(data.subarray(at, at + largestPiece)), (error) => {
          const next = at + largestPiece;
          if (error !== null || next >= data.length) done(error);
          else from(next);
        });
      };
      from(0);
    },
  });
  // Whoever writes is told by the callback; without a listener the thread would end here.
  stream.on("error", () => undefined);
  return stream;
}
