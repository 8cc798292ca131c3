import type { Transform } from "node:stream";
import type { BodyStore } from "../stages.ts";
import { bodyPieces } from "./bodyPieces.ts";
import type { GrowingBodyStore } from "./bodyStore.ts";
import { drain } from "./drain.ts";

/** What came of undoing one coding. `decoded` holds what could be decoded in every case. */
export type Undone = { readonly decoded: GrowingBodyStore } & (
  | { readonly kind: "whole" }
  /** The coded data ended `bytes` bytes before the body did. */
  | { readonly kind: "trailing"; readonly bytes: number }
  | { readonly kind: "capped" }
  | { readonly kind: "stopped" }
  /** `at`: where the piece begins whose decoding failed; `isCut`: the data ended before their own end. */
  | { readonly kind: "broken"; readonly at: number; readonly isCut: boolean }
);

const pieceSize = 8 * 1024;

/** Read at once: to open the file of a body for each small piece would cost more than to decode it. */
const readSize = 128 * pieceSize;

/**
 * Undoes one coding. zlib withholds everything that it decoded from a piece in which it finds a fault, so a broken
 * body is decoded a second time, the faulty piece byte by byte, to get all that comes before the fault.
 */
export async function undoCoding(
  encoded: BodyStore,
  decoder: (first: Uint8Array) => Transform,
  limit: number | null,
  createStore: () => GrowingBodyStore,
  signal: AbortSignal,
): Promise<Undone> {
  const room = limit ?? Number.POSITIVE_INFINITY;
  const run = async (fineFrom: number) => {
    const decoded = createStore();
    try {
      return await decodeOnce(encoded, decoder(await encoded.slice(0, 2)), fineFrom, room, decoded, signal);
    } catch (error) {
      await decoded.dispose();
      throw error;
    }
  };
  const first = await run(Number.POSITIVE_INFINITY);
  if (first.kind !== "broken" || first.isCut) return first;
  await first.decoded.dispose();
  return run(first.at);
}

async function decodeOnce(
  encoded: BodyStore,
  transform: Transform & { readonly bytesWritten?: number },
  fineFrom: number,
  limit: number,
  decoded: GrowingBodyStore,
  signal: AbortSignal,
): Promise<Undone> {
  let room = limit;
  let capped = false;
  const sink = drain(
    transform,
    (bytes) => decoded.append(bytes),
    (bytes) => {
      const kept = bytes.subarray(0, room);
      room -= kept.length;
      capped ||= kept.length < bytes.length;
      if (capped) transform.destroy();
      return kept;
    },
  );
  const feed = feeder(transform);
  let at = 0;
  let fate: Fate = "took";
  for await (const piece of piecesFrom(encoded, fineFrom)) {
    if (signal.aborted) break;
    fate = await feed(piece);
    if (fate !== "took") break;
    at += piece.length;
  }
  const isAllFed = fate === "took" && !signal.aborted;
  if (isAllFed) fate = await feed(null);
  await sink.stored();
  await decoded.seal();
  transform.destroy();
  if (capped) return { kind: "capped", decoded };
  if (signal.aborted) return { kind: "stopped", decoded };
  if (fate === "failed") return { kind: "broken", at, isCut: isAllFed, decoded };
  const unread = encoded.size - (transform.bytesWritten ?? encoded.size);
  return unread > 0 ? { kind: "trailing", bytes: unread, decoded } : { kind: "whole", decoded };
}

/** The bytes of a body as the decoder gets them, from `fineFrom` on one by one for a piece. */
async function* piecesFrom(encoded: BodyStore, fineFrom: number): AsyncGenerator<Uint8Array, void> {
  let at = 0;
  for await (const read of bodyPieces(encoded, readSize)) {
    for (let from = 0; from < read.length; ) {
      const piece = read.subarray(from, from + (at >= fineFrom ? 1 : pieceSize));
      yield piece;
      from += piece.length;
      at += piece.length;
    }
  }
}

type Fate = "took" | "ended" | "failed";

/** Gives the decoder a piece (null: the end) and waits until it is through with it. */
function feeder(transform: Transform): (piece: Uint8Array | null) => Promise<Fate> {
  let settle: (fate: Fate) => void = () => undefined;
  let final: Fate | null = null;
  const finish = (fate: Fate) => () => {
    final ??= fate;
    settle(final);
  };
  transform.once("error", finish("failed"));
  transform.once("end", finish("ended"));
  transform.once("close", finish("ended"));
  return (piece) =>
    new Promise((resolve) => {
      settle = resolve;
      if (final !== null) resolve(final);
      else if (piece === null) transform.end();
      else
        transform.write(piece, (error) =>
          error === null || error === undefined ? resolve("took") : undefined,
        );
    });
}
