import type { Transform } from "node:stream";
import type { BodyStore } from "../stages.ts";
import type { GrowingBodyStore } from "./bodyStore.ts";
import { drain } from "./drain.ts";

/** What came of undoing one coding. `decoded` holds what could be decoded in every case. */
export type Undone = { readonly decoded: GrowingBodyStore } & (
  | { readonly kind: "whole" }
  /** The coded data ended `bytes` bytes before the body did. */
  | { readonly kind: "trailing"; readonly bytes: number }
  | { readonly kind: "capped" }
  | { readonly kind: "stopped" }
  /** `at`: where the piece begins whose decoding failed. */
  | { readonly kind: "broken"; readonly at: number }
);

const pieceSize = 8 * 1024;

/**
 * Undoes one coding. zlib withholds everything that it decoded from a piece in which it finds a fault, so a broken
 * body is decoded a second time, the faulty piece byte by byte, to get all that comes before the fault.
 */
export async function undoCoding(
  encoded: BodyStore,
  decoder: (first: Uint8Array) => Transform,
  limit: number,
  createStore: () => GrowingBodyStore,
  signal: AbortSignal,
): Promise<Undone> {
  const run = async (fineFrom: number) =>
    decodeOnce(encoded, decoder(await encoded.slice(0, 2)), fineFrom, limit, createStore(), signal);
  const first = await run(Number.POSITIVE_INFINITY);
  if (first.kind !== "broken") return first;
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
  while (fate === "took" && at < encoded.size && !signal.aborted) {
    const piece = await encoded.slice(at, at + (at >= fineFrom ? 1 : pieceSize));
    fate = await feed(piece);
    if (fate === "took") at += piece.length;
  }
  if (fate === "took" && !signal.aborted) fate = await feed(null);
  await sink.stored();
  await decoded.seal();
  transform.destroy();
  if (capped) return { kind: "capped", decoded };
  if (signal.aborted) return { kind: "stopped", decoded };
  if (fate === "failed") return { kind: "broken", at, decoded };
  const unread = encoded.size - (transform.bytesWritten ?? encoded.size);
  return unread > 0 ? { kind: "trailing", bytes: unread, decoded } : { kind: "whole", decoded };
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
