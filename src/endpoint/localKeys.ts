import { constants, type Stats } from "node:fs";
import { chmod, lstat, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { readLoopbackAuthority } from "./servedHost.ts";

/** The keys of one local endpoint. */
export interface LocalKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Gives this many random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const largestFile = 16 * 1024;

/** New keys in the shape of an IAM user's: 20 characters that say where they are from, and a secret of 40. */
export function createLocalKeys(random: RandomBytes): LocalKeys {
  const letters = Array.from(random(11), (byte) => base32[byte % 32]).join("");
  return {
    accessKeyId: `AKIALOCAL${letters}`,
    secretAccessKey: Buffer.from(random(30)).toString("base64"),
  };
}

/** A new API key in the shape of API Gateway's: 40 letters and digits. */
export function createApiKey(random: RandomBytes): string {
  return Array.from(random(40), (byte) => base32[byte % 32]).join("");
}

/** The folder for files of running programs: `$XDG_RUNTIME_DIR/awsreq`, else one of the user's own under `tmpdir`. */
export function runtimeFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  tmpdir: string,
  uid: number | null,
): string {
  const runtime = env["XDG_RUNTIME_DIR"];
  if (platform !== "win32" && runtime?.startsWith("/")) return join(runtime, "awsreq");
  // On Windows the temporary folder is the user's own already.
  return join(tmpdir, uid === null ? "awsreq" : `awsreq-${uid}`);
}

/**
 * Leaves an endpoint's keys where another program of the same user finds them: a 0600 file in a 0700 folder.
 * @param authority the endpoint's, `127.0.0.1:8998`
 * @param uid the user's id, null where the system has none
 * @returns removes the file again, unless a later endpoint on the same port has replaced it
 * @throws UserError `E_RUNTIME_FOLDER`
 */
export async function writeLocalKeys(
  folder: string,
  authority: string,
  keys: LocalKeys,
  uid: number | null,
): Promise<() => Promise<void>> {
  const file = keysFile(folder, authority);
  if (file === null) throw folderError(folder, `'${authority}' is no loopback host and port`);
  const temporary = `${file}.${keys.accessKeyId}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await refuseForeignFolder(folder, uid);
    await writeFile(temporary, JSON.stringify({ version: 1, ...keys }), { mode: 0o600, flag: "wx" });
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cause instanceof UserError ? cause : folderError(folder, wordsOf(cause), cause);
  }
  return async () => {
    const left = await readLocalKeys(folder, authority, uid);
    if (left?.accessKeyId === keys.accessKeyId) await rm(file, { force: true });
  };
}

/**
 * The keys of the endpoint that runs on exactly this loopback host and port, or null: not there, not readable, not
 * the user's own, open to others, or garbage.
 */
export async function readLocalKeys(
  folder: string,
  authority: string,
  uid: number | null,
): Promise<LocalKeys | null> {
  const file = keysFile(folder, authority);
  if (file === null) return null;
  try {
    if (!isPrivate(await lstat(folder), uid)) return null;
    return readKeys(await readPrivateFile(file, uid));
  } catch {
    // Whatever is wrong with the file, no endpoint can be signed for with it.
    return null;
  }
}

function keysFile(folder: string, authority: string): string | null {
  const loopback = readLoopbackAuthority(authority);
  return loopback === null ? null : join(folder, `endpoint-${loopback.port}.json`);
}

async function readPrivateFile(file: string, uid: number | null): Promise<string> {
  // O_NONBLOCK: a FIFO in the file's place must not hang the reader.
  const handle = await open(file, constants.O_RDONLY | noFollow | nonBlocking);
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || !isPrivate(stats, uid) || stats.size > largestFile) return "";
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

// Windows has neither.
const noFollow = constants.O_NOFOLLOW ?? 0;
const nonBlocking = constants.O_NONBLOCK ?? 0;

function readKeys(text: string): LocalKeys | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return null;
  const fields = new Map<string, unknown>(Object.entries(value));
  const [accessKeyId, secretAccessKey] = [fields.get("accessKeyId"), fields.get("secretAccessKey")];
  return isKey(accessKeyId) && isKey(secretAccessKey) ? { accessKeyId, secretAccessKey } : null;
}

function isKey(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9+/=]{16,128}$/.test(value);
}

/** Owned by the user and closed to everyone else; where there are no user ids the system's own rules hold. */
function isPrivate(stats: Stats, uid: number | null): boolean {
  return uid === null || (stats.uid === uid && (stats.mode & 0o077) === 0);
}

// Anybody may make a folder of this name in /tmp first; keys must not go into it.
async function refuseForeignFolder(folder: string, uid: number | null): Promise<void> {
  const stats = await lstat(folder);
  if (!stats.isDirectory()) throw folderError(folder, "it is not a folder");
  if (uid === null) return;
  if (stats.uid !== uid) throw folderError(folder, "it belongs to another user");
  if (!isPrivate(stats, uid)) await chmod(folder, 0o700);
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}

function folderError(folder: string, why: string, cause?: unknown): UserError {
  return new UserError({
    code: "E_RUNTIME_FOLDER",
    phase: "usage",
    message: `The local endpoint's keys cannot be kept in ${folder}: ${why}.`,
    hint: "Set XDG_RUNTIME_DIR to a folder that only you can read.",
    cause,
  });
}
