import { type Stats, writeSync } from "node:fs";
import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { UserError } from "../errors.ts";
import type { BodyStore } from "../stages.ts";
import { bodyPieces } from "../transport/bodyPieces.ts";
import { clearLeftovers, temporaryName } from "../transport/temporary.ts";
import { fileFaultText } from "./fileFault.ts";
import { write, writeBody } from "./output.ts";
import { type OutputTarget, outputTarget, writingFlags } from "./outputTarget.ts";
import type { Surroundings } from "./surroundings.ts";

/** The file of `--output`, known to be writable before anything is sent. */
export interface OutputFile {
  /**
   * Puts a body there. A regular file is replaced at once, when all of it has been written, or moved where it already is a
   * file of the same file system.
   * @throws UserError `E_OUTPUT`, of the phase in which the body comes; `E_CANCELLED`
   */
  save(body: BodyStore): Promise<void>;
  /** Leaves things as they were when nothing was saved. */
  discard(): Promise<void>;
}

/**
 * Opens what is named. A regular file with one name, and one that is not there yet, are written beside their place and
 * moved to it; all else is written to as it is: devices, pipes, files with several names, descriptors. Links are followed.
 * @param requests how many requests would write to it
 * @throws UserError `E_OUTPUT`, before anything is sent
 */
export async function openOutputFile(
  path: string,
  requests: number,
  surroundings: Surroundings,
): Promise<OutputFile> {
  if (requests > 1) throw severalRequests(requests);
  const opened = await openTarget(path, surroundings).catch((cause: unknown) => {
    throw unwritable(path, cause, "usage");
  });
  return {
    ...opened,
    save: (body) =>
      opened.save(body).catch((cause: unknown) => {
        throw surroundings.signal.aborted ? cancelledWriting(path) : unwritable(path, cause, "body");
      }),
  };
}

async function openTarget(named: string, surroundings: Surroundings): Promise<OutputFile> {
  if (named === "") throw fault("ENOENT");
  const target = await outputTarget(named);
  const { path, stats } = target;
  if (stats === null && !path.endsWith("/")) return openBeside(path, null, surroundings);
  if (stats === null || stats.isDirectory()) throw fault("EISDIR");
  if (stats.isSocket() && target.descriptor === null) throw fault("ENOTSOCK");
  if (target.descriptor !== null) return toDescriptor(target.descriptor, surroundings);
  // Root is let through by the system; who takes every right away from a file means it.
  if ((stats.mode & 0o222) === 0) throw fault("EROFILE");
  const inPlace = await openInPlace(target, surroundings);
  if (!stats.isFile() || stats.nlink > 1 || target.isDescriptor) return inPlace;
  const beside = await openBeside(path, stats, surroundings).catch(() => null);
  if (beside === null) return inPlace;
  await inPlace.discard();
  return beside;
}

function toDescriptor(descriptor: number, surroundings: Surroundings): OutputFile {
  return {
    async save(body) {
      if (descriptor === 1) return writeBody(surroundings, bodyPieces(body));
      for await (const piece of bodyPieces(body)) {
        if (descriptor === 2) await write(surroundings.stderr, piece);
        else for (let at = 0; at < piece.length; ) at += writeSync(descriptor, piece, at);
      }
    },
    discard: async () => undefined,
  };
}

async function openInPlace(target: OutputTarget, { signal }: Surroundings): Promise<OutputFile> {
  const handle = await open(target.path, writingFlags(target));
  const close = closeOnce(handle);
  return {
    async save(body) {
      if (target.stats?.isFile() === true && !target.isDescriptor) await handle.truncate();
      await writeAll(handle, body, signal);
      await close();
    },
    discard: close,
  };
}

/** Fails where the new file could not have the old one's owner: then the old one is written to. */
async function openBeside(
  path: string,
  old: Stats | null,
  { signal, uid, removedAtExit }: Surroundings,
): Promise<OutputFile> {
  const folder = dirname(path);
  if (((await stat(folder)).mode & 0o222) === 0) throw fault("EROFOLDER");
  clearLeftovers(folder, uid);
  // Its own name may be as long as names may be.
  const temporary = join(folder, `.${temporaryName()}.part`);
  const handle = await open(temporary, "wx", 0o600);
  const close = closeOnce(handle);
  const remove = removedAtExit(temporary);
  const discard = async () => {
    await close();
    remove();
  };
  try {
    if (old !== null) await takeAfter(handle, old);
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    async save(body) {
      if (await body.moveTo?.(temporary)) {
        await close();
        await takeAfterMoving(temporary, old);
        await body.moveTo?.(path);
        return;
      }
      await writeAll(handle, body, signal);
      await close();
      await rename(temporary, path);
    },
    discard,
  };
}

async function takeAfter(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const made = await handle.stat();
  if (made.uid !== uid || made.gid !== gid) await handle.chown(uid, gid);
  await handle.chmod(mode & 0o777);
}

/** A body's own file is its owner's alone, as a new one of `--output` is. */
async function takeAfterMoving(path: string, old: Stats | null): Promise<void> {
  if (old === null) return;
  const handle = await open(path, "r+");
  await takeAfter(handle, old).finally(() => handle.close());
}

function closeOnce(handle: FileHandle): () => Promise<void> {
  let closed: Promise<void> | null = null;
  return () => {
    closed ??= handle.close();
    return closed;
  };
}

/** How long a pipe that is full is left alone. A write that waits by itself could not be interrupted. */
const pause = 10;

async function writeAll(handle: FileHandle, body: BodyStore, signal: AbortSignal): Promise<void> {
  for await (const piece of bodyPieces(body)) {
    for (let at = 0; at < piece.length; ) {
      signal.throwIfAborted();
      const written = await handle.write(piece, at, piece.length - at).catch(nullIfFull);
      if (written === null) await setTimeout(pause, undefined, { signal });
      at += written?.bytesWritten ?? 0;
    }
  }
}

function nullIfFull(error: NodeJS.ErrnoException): null {
  if (error.code === "EAGAIN") return null;
  throw error;
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function severalRequests(requests: number): UserError {
  return new UserError({
    code: "E_OUTPUT",
    phase: "usage",
    message: `--output keeps one body, but ${requests} requests are meant.`,
    hint: "Choose one with --request NAME, or use --json.",
  });
}

function cancelledWriting(path: string): UserError {
  return new UserError({
    code: "E_CANCELLED",
    phase: "cancel",
    message: `Cancelled while the body was being written to ${path}.`,
  });
}

function unwritable(path: string, cause: unknown, phase: "usage" | "body"): UserError {
  return new UserError({
    code: "E_OUTPUT",
    phase,
    message: `${path === "" ? "The empty path" : path} cannot be written: ${fileFaultText(cause)}.`,
    hint: "Give --output the path of a file, in a folder that you may write to.",
    cause,
  });
}
