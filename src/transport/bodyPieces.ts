import type { BodyStore } from "../stages.ts";

const usualPiece = 1024 * 1024;

/** Every byte of a body, in pieces of at most `size` bytes: a body may be larger than memory, or than one buffer. */
export async function* bodyPieces(body: BodyStore, size = usualPiece): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < body.size; at += size) yield await body.slice(at, at + size);
}
