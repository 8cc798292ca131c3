import { randomBytes } from "node:crypto";
import { Writable } from "node:stream";
import type { Machine } from "../machine.ts";

/** Whether a runner of GitHub Actions reads what this process writes, and obeys commands in it. */
export function isReadByRunner({ GITHUB_ACTIONS: set }: Machine["env"]): boolean {
  return set !== undefined && set !== "";
}

/**
 * A stream whose every write stands between lines that stop the runner from obeying and let it obey again. What is
 * written is never looked at: commands are obeyed behind blanks of every kind and, in their old form, anywhere in a line.
 * Each write is whole by itself, so that nothing is left stopped wherever the process ends.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function fencedStream(stream: Writable): Writable {
  const fenced = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      // A reader that has seen enough is no fault, and must not end this stream either.
      const written = (error?: Error | null) => done(isClosedPipe(error) ? null : error);
      if (chunk.length === 0) return written();
      const { start, end } = fence(endsLine(chunk));
      if (typeof chunk === "string") return void stream.write(start + chunk + end, written);
      stream.write(start);
      stream.write(chunk);
      stream.write(end, written);
    },
  });
  // Whoever writes is told by the callback; without a listener the process would end here.
  fenced.on("error", () => undefined);
  return fenced;
}

/** Pieces of one text, fenced as a whole: for what is too large for one write. */
export async function* fencedPieces(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let last: Uint8Array | null = null;
  const { start, end } = fence(true);
  for await (const piece of pieces) {
    if (piece.length === 0) continue;
    if (last === null) yield Buffer.from(start);
    yield piece;
    last = piece;
  }
  if (last !== null) yield Buffer.from(endsLine(last) ? end : `\n${end}`);
}

function fence(afterLineEnd: boolean): { readonly start: string; readonly end: string } {
  // Made anew each time: nobody who has read the log so far can know it.
  const token = randomBytes(16).toString("hex");
  return { start: `::stop-commands::${token}\n`, end: `${afterLineEnd ? "" : "\n"}::${token}::\n` };
}

function endsLine(chunk: string | Uint8Array): boolean {
  return typeof chunk === "string" ? chunk.endsWith("\n") : chunk.at(-1) === 0x0a;
}

/** Whether writing failed because the reader has closed its end. */
export function isClosedPipe(error: Error | null | undefined): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
