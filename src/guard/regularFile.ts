import { type BigIntStats, constants } from "node:fs";
import { open, readlink, realpath, stat } from "node:fs/promises";
import type { UserError } from "../errors.ts";

/** An open file, as `fs.promises.FileHandle`. */
export interface OpenedFile {
  /** Its descriptor; without one the path is compared again by its name. */
  readonly fd?: number;
  stat(options: { readonly bigint: true }): Promise<BigIntStats>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** The effects of reading a file. */
export interface FileEffects {
  readonly stat: (path: string) => Promise<BigIntStats>;
  readonly open: (path: string, flags: number) => Promise<OpenedFile>;
  readonly realpath: (path: string) => Promise<string>;
  /** Where a descriptor leads, as the system knows it; null where it does not say. */
  readonly pathOf: (fd: number) => Promise<string | null>;
}

/** The file system itself. */
export const nodeFileEffects: FileEffects = {
  stat: (path) => stat(path, { bigint: true }),
  open: (path, flags) => open(path, flags),
  realpath: (path) => realpath(path),
  pathOf: async (fd) => {
    if (process.platform !== "linux") return null;
    return readlink(`/proc/self/fd/${fd}`).catch(() => null);
  },
};

/** What went wrong with a file, as errors for the person. */
export interface FileFaults {
  readonly unreadable: (path: string, cause: unknown) => UserError;
  /** @param kind "a folder", "a FIFO (named pipe)", … */
  readonly kind: (path: string, kind: string) => UserError;
  readonly size: (path: string, size: bigint, limit: number) => UserError;
  readonly changed: (path: string) => UserError;
  /** Why a file that another user owns is not read; null when it is. */
  readonly owner?: (path: string, uid: number) => UserError | null;
}

/** A regular file that was opened, with what it was then. */
export interface OpenedRegularFile {
  readonly handle: OpenedFile;
  readonly stats: BigIntStats;
}

/**
 * Opens a regular file. What is opened is what stood at that very path: no device, nothing that waits, nothing behind a
 * link of the file or of a folder above it that was put there meanwhile.
 * @param realPath with every link resolved
 */
export async function openRegularFile(
  realPath: string,
  faults: FileFaults,
  effects: FileEffects,
): Promise<OpenedRegularFile> {
  const attempt = attemptOn(realPath, faults);
  // Looked at before it is opened, for opening a device can act on it; and again through the handle, for what
  // stands at a path can be exchanged in between.
  const before = await attempt(() => effects.stat(realPath));
  checkFile(realPath, before, faults);
  const handle = await attempt(() => effects.open(realPath, openFlags));
  try {
    const stats = await attempt(() => handle.stat({ bigint: true }));
    checkFile(realPath, stats, faults);
    if (!isSameFile(stats, before)) throw faults.changed(realPath);
    if (!(await isStillAt(realPath, handle, stats, effects))) throw faults.changed(realPath);
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * The bytes of a regular file, opened as above and read once.
 * @param limit most bytes
 */
export async function readRegularFile(
  realPath: string,
  limit: number,
  faults: FileFaults,
  effects: FileEffects,
): Promise<Uint8Array> {
  const opened = await openRegularFile(realPath, faults, effects);
  try {
    if (opened.stats.size > BigInt(limit)) throw faults.size(realPath, opened.stats.size, limit);
    return await readOpened(realPath, opened, faults);
  } finally {
    await opened.handle.close();
  }
}

/** All bytes of an opened file, when it is the same after they were read. */
export async function readOpened(
  realPath: string,
  { handle, stats }: OpenedRegularFile,
  faults: FileFaults,
): Promise<Uint8Array> {
  const attempt = attemptOn(realPath, faults);
  const bytes = await attempt(() => readAll(handle, Number(stats.size)));
  const after = await attempt(() => handle.stat({ bigint: true }));
  if (bytes === null || !isUnchanged(after, stats)) throw faults.changed(realPath);
  return bytes;
}

/** Whether a file is the one that it was, and holds as far as the system tells what it held. */
export function isUnchanged(now: BigIntStats, then: BigIntStats): boolean {
  return isSameFile(now, then) && now.size === then.size && now.mtimeNs === then.mtimeNs;
}

/** Neither waiting for a FIFO's writer nor following a link put there meanwhile; Windows knows neither flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Not following links holds for the last name of a path alone: a folder above it may have been a link for the moment of
 * opening. Linux tells where a descriptor leads; elsewhere the path is resolved once more.
 */
async function isStillAt(
  realPath: string,
  { fd }: OpenedFile,
  opened: BigIntStats,
  effects: FileEffects,
): Promise<boolean> {
  const path = fd === undefined ? null : await effects.pathOf(fd);
  if (path !== null) return path === realPath;
  try {
    return (
      (await effects.realpath(realPath)) === realPath && isSameFile(await effects.stat(realPath), opened)
    );
  } catch {
    return false;
  }
}

/** Null when the file has other than that many bytes. */
async function readAll(handle: OpenedFile, size: number): Promise<Uint8Array | null> {
  // One byte more than there should be: a file that grew is noticed even when its time did not change.
  const buffer = new Uint8Array(size + 1);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled === size ? buffer.subarray(0, size) : null;
}

/** Does something with a file; what fails is an error for the person. */
export function attemptOn(path: string, faults: FileFaults): <T>(act: () => Promise<T>) => Promise<T> {
  return async (act) => {
    try {
      return await act();
    } catch (cause) {
      throw faults.unreadable(path, cause);
    }
  };
}

function checkFile(path: string, stats: BigIntStats, faults: FileFaults): void {
  if (!stats.isFile()) throw faults.kind(path, kindOf(stats));
  const foreign = faults.owner?.(path, Number(stats.uid)) ?? null;
  if (foreign !== null) throw foreign;
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO (named pipe)";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

function isSameFile(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
