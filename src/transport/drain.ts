import type { Readable } from "node:stream";

const mostWaiting = 1024 * 1024;

/** Bytes on their way from a stream to a store. */
export interface Drain {
  /** Resolves when nothing waits to be stored; rejects when storing failed. */
  stored(): Promise<void>;
}

/**
 * Takes every byte of a stream as it comes, so that none is lost when the stream breaks, and stores them in order.
 * What comes while a write is under way is written together; the stream is paused while too much waits.
 * `accept` says which of the bytes are kept.
 */
export function drain(
  stream: Readable,
  append: (bytes: Uint8Array) => Promise<void>,
  accept: (bytes: Buffer) => Uint8Array,
): Drain {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let writing: Promise<void> = Promise.resolve();
  let busy = false;

  const write = async () => {
    while (waiting.length > 0) {
      const bytes = waiting.length === 1 ? (waiting[0] ?? new Uint8Array()) : Buffer.concat(waiting);
      waiting = [];
      waitingBytes = 0;
      await append(bytes);
      if (stream.isPaused()) stream.resume();
    }
    busy = false;
  };
  stream.on("data", (bytes: Buffer) => {
    const kept = accept(bytes);
    if (kept.length === 0) return;
    waiting.push(kept);
    waitingBytes += kept.length;
    if (waitingBytes > mostWaiting) stream.pause();
    if (busy) return;
    busy = true;
    writing = write();
    // Whoever waits for `stored` is told; until then the failure must not count as unhandled.
    writing.catch(() => stream.destroy());
  });
  return { stored: () => writing };
}
