import type { BigIntStats } from "node:fs";
import type { IncludedFile, OpenedInclude } from "../requestBody.ts";
import { type IncludeEffects, includeFaults } from "./readInclude.ts";
import { attemptOn, isUnchanged, type OpenedFile, openRegularFile, readOpened } from "./regularFile.ts";

/** Bytes of a file that is held in memory, and those of a larger one that are looked at. */
export const heldInMemory = 1024 * 1024;

const pieceSize = 256 * 1024;

/**
 * An included file: its bytes, or where they are too many the file itself, to be read when it is hashed and sent.
 * @param realPath as `decideInclude` gave it
 * @throws UserError as `readInclude` does
 */
export async function openInclude(
  realPath: string,
  effects: IncludeEffects,
): Promise<Uint8Array | IncludedFile> {
  const found = await openRegularFile(realPath, includeFaults, effects);
  const { handle, stats } = found;
  let head: Uint8Array;
  try {
    if (stats.size <= BigInt(heldInMemory)) return await readOpened(realPath, found, includeFaults);
    head = await attemptOn(realPath, includeFaults)(() => readPiece(handle, 0, heldInMemory));
  } finally {
    await handle.close();
  }
  const open = async () => {
    const opened = await openRegularFile(realPath, includeFaults, effects);
    if (isUnchanged(opened.stats, stats)) return openedInclude(realPath, opened.handle, stats);
    await opened.handle.close();
    throw includeFaults.changed(realPath);
  };
  return { path: realPath, size: Number(stats.size), head, open };
}

function openedInclude(path: string, handle: OpenedFile, found: BigIntStats): OpenedInclude {
  const attempt = attemptOn(path, includeFaults);
  const size = Number(found.size);
  return {
    async *pieces() {
      for (let at = 0; at < size; ) {
        const piece = await attempt(() => readPiece(handle, at, Math.min(pieceSize, size - at)));
        if (piece.length === 0) return;
        yield piece;
        at += piece.length;
      }
    },
    async check() {
      const now = await attempt(() => handle.stat({ bigint: true }));
      if (!isUnchanged(now, found)) throw includeFaults.changed(path);
    },
    close: () => handle.close(),
  };
}

/** Fewer bytes than `length` at the end of the file alone. */
async function readPiece(handle: OpenedFile, start: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
