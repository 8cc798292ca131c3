import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
import { readLocalKeys, runtimeFolder } from "./endpoint/localKeys.ts";
import { unlessAborted } from "./identity/cancellation.ts";
import type { CredentialCache } from "./identity/credentialCache.ts";
import { identityLimits } from "./identity/resolveIdentity.ts";
import { loadAws } from "./loadAws.ts";
import type { TripEffects } from "./trip/tripEffects.ts";

/** The machine that a trip starts from. Read from the process once, at the edge, and handed down. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null when there is no home directory. */
  readonly home: string | null;
  readonly platform: NodeJS.Platform;
  readonly tmpdir: string;
  /** Null where the system has no user ids. */
  readonly uid: number | null;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const home = homedir();
  return {
    env: process.env,
    home: home === "" ? null : home,
    platform: process.platform,
    tmpdir: tmpdir(),
    uid: process.getuid?.() ?? null,
  };
}

/** The folder in which a running endpoint leaves its keys for this user. */
export function runtimeFolderOf({ env, platform, tmpdir, uid }: Machine): string {
  return runtimeFolder(env, platform, tmpdir, uid);
}

/** Milliseconds of a clock that never goes back. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What the program around it says about credentials. */
export interface MachineIdentity {
  readonly cache: CredentialCache;
  /** Whether container and instance metadata may be asked. */
  readonly metadata: boolean;
  /** URL of the proxy that leads to a URL, or null. */
  readonly proxyFor: (url: string) => string | null;
}

/** Bytes: AWS files, token files and CA bundles are far smaller. */
const largestHomeFile = 10 * 1024 * 1024;

/** Milliseconds until a pipe is looked at again. */
const waitBetween = 10;

/**
 * The bytes of a file that the person's own settings name, devices and pipes too; rejects with `EFBIG` beyond the limit.
 * No call waits for a pipe's other end: the process could not end before it does.
 */
async function readHomeFile(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    // A named pipe is at its end as long as nobody has opened it for writing.
    const isNamedPipe = (await file.stat()).isFIFO() && !/^\/(?:dev|proc)\//.test(path);
    const chunks: Buffer[] = [];
    for (let size = 0; size <= largestHomeFile; ) {
      const piece = await pieceOf(file);
      const mayCome = piece === null || (piece.length === 0 && isNamedPipe && size === 0);
      if (mayCome) {
        await setTimeout(waitBetween, undefined, { signal });
        continue;
      }
      if (piece.length === 0) return Buffer.concat(chunks);
      chunks.push(piece);
      size += piece.length;
    }
    throw Object.assign(new Error("too large"), { code: "EFBIG" });
  } finally {
    await file.close();
  }
}

/** Null when there is nothing yet; no bytes at the end. */
async function pieceOf(file: FileHandle): Promise<Buffer | null> {
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return null;
    throw error;
  }
}

/** What resolving an identity does to this machine. */
export function identityEffects(
  machine: Machine,
  signal: AbortSignal,
  { cache, metadata, proxyFor }: MachineIdentity,
): TripEffects["identity"] {
  const { env, home, platform, uid } = machine;
  return {
    env,
    home,
    platform,
    now: () => new Date(),
    signal,
    readFile: (path) => unlessAborted(readHomeFile(path, signal), signal),
    realPath: (path) => realpath(path),
    loadAws,
    cache,
    metadata,
    proxyFor,
    localCredentials: (authority) => readLocalKeys(runtimeFolderOf(machine), authority, uid),
    ...identityLimits,
  };
}
