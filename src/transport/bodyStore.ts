import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
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
    await mkdir(place.directory, { recursive: true, mode: 0o700 });
    const file = join(place.directory, randomUUID() + suffix);
    const opened = await open(file, "wx+", 0o600);
    path = file;
    handle = opened;
    await writeAll(opened, memory.subarray(0, size));
    memory = new Uint8Array();
    return opened;
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
    async slice(start, end) {
      const from = Math.max(0, start);
      const length = Math.max(0, Math.min(end, size) - from);
      return path === null ? memory.slice(from, from + length) : await readFrom(handle, path, from, length);
    },
    seal,
    async dispose() {
      await seal();
      if (path !== null) await rm(path, { force: true });
      path = null;
      memory = new Uint8Array();
      size = 0;
    },
  };
}

/** Removes body files that an earlier run left behind; other files stay. A directory that does not exist is empty. */
export async function clearBodyStorage(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const ours = names.filter((name) => name.endsWith(suffix));
  await Promise.all(ours.map((name) => rm(join(directory, name), { force: true })));
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
  length: number,
): Promise<Uint8Array> {
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
