import { type BigIntStats, constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { unreadableInclude } from "./includePath.ts";

/** An open file, as `fs.promises.FileHandle`. */
export interface IncludeHandle {
  stat(options: { readonly bigint: true }): Promise<BigIntStats>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** The effects of reading an include. */
export interface IncludeEffects {
  readonly stat: (path: string) => Promise<BigIntStats>;
  readonly open: (path: string, flags: number) => Promise<IncludeHandle>;
}

/** The file system itself. */
export const nodeIncludeEffects: IncludeEffects = {
  stat: (path) => stat(path, { bigint: true }),
  open: (path, flags) => open(path, flags),
};

/** Bytes an include may have unless told otherwise. */
export const includeLimit = 100 * 1024 * 1024;

/**
 * The bytes of an include, read once: what is hashed is what is sent.
 * @param realPath as `decideInclude` gave it
 * @param limit most bytes
 * @throws UserError `E_INCLUDE_UNREADABLE`, `E_REFUSED_INCLUDE_KIND`, `E_REFUSED_INCLUDE_SIZE`, `E_REFUSED_INCLUDE_CHANGED`
 */
export async function readInclude(
  realPath: string,
  effects: IncludeEffects,
  limit = includeLimit,
): Promise<Uint8Array> {
  // Looked at before it is opened, for opening a device can act on it; and again through the handle, for what
  // stands at a path can be exchanged in between.
  const before = await attempt(realPath, () => effects.stat(realPath));
  checkKind(realPath, before);
  const handle = await attempt(realPath, () => effects.open(realPath, openFlags));
  try {
    const opened = await attempt(realPath, () => handle.stat({ bigint: true }));
    checkKind(realPath, opened);
    if (opened.ino !== before.ino || opened.dev !== before.dev) throw changed(realPath);
    if (opened.size > BigInt(limit)) throw tooLarge(realPath, opened.size, limit);
    const bytes = await readAll(realPath, handle, Number(opened.size));
    const after = await attempt(realPath, () => handle.stat({ bigint: true }));
    if (after.size !== opened.size || after.mtimeNs !== opened.mtimeNs) throw changed(realPath);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Neither waiting for a FIFO's writer nor following a link put there meanwhile; Windows knows neither flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

async function readAll(path: string, handle: IncludeHandle, size: number): Promise<Uint8Array> {
  // One byte more than there should be: a file that grew is noticed even when its time did not change.
  const buffer = new Uint8Array(size + 1);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await attempt(path, () =>
      handle.read(buffer, filled, buffer.length - filled, filled),
    );
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  if (filled !== size) throw changed(path);
  return buffer.subarray(0, size);
}

async function attempt<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw unreadableInclude(path, cause);
  }
}

function checkKind(path: string, stats: BigIntStats): void {
  if (stats.isFile()) return;
  throw new UserError({
    code: "E_REFUSED_INCLUDE_KIND",
    phase: "guard",
    message: `The included ${path} is ${kindOf(stats)}, not a file.`,
    hint: "Include a regular file: only its bytes can be known before they are signed.",
  });
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO (named pipe)";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

function tooLarge(path: string, size: bigint, limit: number): UserError {
  return new UserError({
    code: "E_REFUSED_INCLUDE_SIZE",
    phase: "guard",
    message: `The included file ${path} has ${size} bytes; the limit is ${limit}.`,
    hint: "Send a smaller file.",
  });
}

function changed(path: string): UserError {
  return new UserError({
    code: "E_REFUSED_INCLUDE_CHANGED",
    phase: "guard",
    message: `The included file ${path} changed while it was read; nothing was sent.`,
    hint: "Send again when nothing writes to the file any more.",
  });
}
