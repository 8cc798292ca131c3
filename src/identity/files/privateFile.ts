import { randomBytes } from "node:crypto";
import { lstat, mkdir, open, readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors.ts";

/**
 * Replaces the content of a file that holds secrets, atomically: 0600, a folder that has to be made 0700. Behind a link
 * the file that it leads to is replaced and the link stays.
 * @param change gets the bytes, null when there is no file; what it throws leaves everything as it is
 * @throws UserError `E_FILE_WRITE`
 */
export async function changePrivateFile(
  path: string,
  change: (bytes: Uint8Array | null) => string | Uint8Array,
): Promise<void> {
  const real = await attempt(path, () => realFile(path));
  const before = await attempt(path, () => bytesOf(real));
  const content = change(before);
  await attempt(path, () => replace(real, before, content));
}

/** The file itself; a folder's links are followed too, so that the temporary file lies on the same disk. */
async function realFile(path: string): Promise<string> {
  const isLink = await lstat(path).then((found) => found.isSymbolicLink(), ifMissing(false));
  // A link that leads nowhere fails here, with a reason: what it should lead to is not ours to make.
  if (isLink) return realpath(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return join(await realpath(dirname(path)), basename(path));
}

async function bytesOf(path: string): Promise<Uint8Array | null> {
  return readFile(path).catch(ifMissing(null));
}

async function replace(path: string, before: Uint8Array | null, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const now = await bytesOf(path);
    if (!isSame(before, now)) throw new ChangedMeanwhile();
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

class ChangedMeanwhile extends Error {
  readonly code = "it was changed meanwhile";
}

function isSame(before: Uint8Array | null, now: Uint8Array | null): boolean {
  return before === null || now === null ? before === now : Buffer.compare(before, now) === 0;
}

function ifMissing<T>(value: T): (cause: unknown) => T {
  return (cause) => {
    if (codeOf(cause) === "ENOENT") return value;
    throw cause;
  };
}

async function attempt<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new UserError({
      code: "E_FILE_WRITE",
      phase: "file",
      message: `The file ${path} could not be written (${codeOf(cause)}); it is as it was.`,
      hint: "Look at it and its folder with `ls -ld`, then try again.",
      cause,
    });
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
}
