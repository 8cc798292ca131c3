import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../errors.ts";

/**
 * The bytes of a file that the person named: any file, pipes and devices too (`<(…)`, `/dev/stdin`). Null when it has more
 * than the limit.
 * @throws what the system throws; UserError `E_CANCELLED` when the signal comes while it waits
 */
export async function readNamedFile(
  path: string,
  limit: number,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  // Synchronous: nothing else can happen before the file is read, and starting the thread pool for it takes longer. It
  // waits for nobody, because a signal is seen between the pieces only.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(fd);
    if (found.isFile() && found.size > limit) return null;
    return await allOf(fd, { limit, signal, isNamedPipe: found.isFIFO() && !isDescriptor(path) });
  } finally {
    closeSync(fd);
  }
}

/** `<(…)` and `/dev/stdin`: a pipe whose writer is there already. */
function isDescriptor(path: string): boolean {
  return /^\/(?:dev|proc)\//.test(path);
}

interface Reading {
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Whether its writer may be yet to come. */
  readonly isNamedPipe: boolean;
}

async function allOf(fd: number, { limit, signal, isNamedPipe }: Reading): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = readPiece(fd);
    const mayCome = piece === null || (piece.length === 0 && isNamedPipe && size === 0);
    if (mayCome) {
      await sleep(waitBetween, undefined, { signal }).catch((cause: unknown) => {
        throw cancelledReading(cause);
      });
      continue;
    }
    if (piece.length === 0) return Buffer.concat(pieces);
    size += piece.length;
    if (size > limit) return null;
    pieces.push(piece);
    if (pieces.length % piecesBetween === 0) await turn(signal);
  }
}

/** Pieces after which a signal may be seen. */
const piecesBetween = 64;

async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw cancelledReading();
}

/** Milliseconds until a pipe is looked at again. */
const waitBetween = 10;

/** Null when there is nothing yet; no bytes at the end. */
function readPiece(fd: number): Uint8Array | null {
  const buffer = new Uint8Array(64 * 1024);
  try {
    return buffer.subarray(0, readSync(fd, buffer));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return null;
    throw error;
  }
}

/** What reading ends in when the person calls it off. */
export function cancelledReading(cause?: unknown): UserError {
  return new UserError({
    code: "E_CANCELLED",
    phase: "cancel",
    message: "Cancelled before the file was read; nothing was sent.",
    cause,
  });
}
