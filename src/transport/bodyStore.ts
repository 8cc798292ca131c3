import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BodyStore } from "../stages.ts";

/** A body store that still grows. */
export interface GrowingBodyStore extends BodyStore {
  /** Adds bytes at the end; rejects when the file behind it cannot be written. */
  append(bytes: Uint8Array): Promise<void>;
  /** No more bytes come: closes the file behind it, if any. */
  seal(): Promise<void>;
}

/** Where bodies are kept: `memory` bytes in memory, what is larger in a file of `directory`. */
export interface StoragePlace {
  readonly memory: number;
  readonly directory: string;
}

const suffix = ".awsreq-body";

/** Bytes of one read: a larger one than 2 GiB ends the process inside Node. */
const largestRead = 64 * 1024 * 1024;
const smallestCapacity = 4096;

/** An empty store. The file is made, mode 0600 in a directory of mode 0700, when the bytes outgrow memory. */
export function createBodyStore(place: StoragePlace): GrowingBodyStore {
  let memory: Uint8Array = new Uint8Array();
  let size = 0;
  let path: string | null = null;
  let handle: FileHandle | null = null;
  let isSealed = false;

  const spill = async (): Promise<FileHandle> => {
    const made = await makeFile(place.directory);
    ({ path, handle } = made);
    await writeAll(made.handle, memory.subarray(0, size));
    memory = new Uint8Array();
    return made.handle;
  };
  const seal = async () => {
    isSealed = true;
    const closing = handle;
    handle = null;
    await closing?.close();
  };

  return {
    get size() {
      return size;
    },
    async append(bytes) {
      if (isSealed) throw new Error("Nothing can be added to a body that is sealed.");
      if (path === null && size + bytes.length <= place.memory) {
        memory = grown(memory, size, size + bytes.length, place.memory);
        memory.set(bytes, size);
      } else {
        await writeAll(handle ?? (await spill()), bytes);
      }
      size += bytes.length;
    },
    slice: (start, end) => {
      const from = Math.max(0, start);
      const to = Math.max(from, Math.min(end, size));
      return path === null ? Promise.resolve(memory.slice(from, to)) : readFrom(handle, path, from, to);
    },
    seal,
    async moveTo(to) {
      if (path === null || handle !== null || !(await isMoved(path, to))) return false;
      path = to;
      return true;
    },
    async dispose() {
      await seal();
      if (path !== null && dirname(path) === place.directory) await rm(path, { force: true });
      [path, memory, size] = [null, new Uint8Array(), 0];
    },
  };
}

/** Removes body files that an earlier run left behind; other files stay. A directory that does not exist is empty. */
export async function clearBodyStorage(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const ours = names.filter((name) => name.endsWith(suffix));
  await Promise.all(ours.map((name) => rm(join(directory, name), { force: true })));
}

async function makeFile(directory: string): Promise<{ readonly path: string; readonly handle: FileHandle }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, randomUUID() + suffix);
  return { path, handle: await open(path, "wx+", 0o600) };
}

async function isMoved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EXDEV") return false;
    throw error;
  }
}

/** `memory` with room for `needed` bytes. Doubling keeps a body of many tiny chunks linear. */
function grown(memory: Uint8Array, used: number, needed: number, limit: number): Uint8Array {
  if (needed <= memory.length) return memory;
  const larger = new Uint8Array(
    Math.max(needed, Math.min(limit, Math.max(memory.length * 2, smallestCapacity))),
  );
  larger.set(memory.subarray(0, used));
  return larger;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
}

async function readFrom(
  handle: FileHandle | null,
  path: string,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const length = end - start;
  const reader = handle ?? (await open(path, "r"));
  try {
    const bytes = new Uint8Array(length);
    let read = 0;
    while (read < length) {
      const wanted = Math.min(length - read, largestRead);
      const { bytesRead } = await reader.read(bytes, read, wanted, start + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    if (reader !== handle) await reader.close();
  }
}
