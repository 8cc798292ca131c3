import type { Stats } from "node:fs";
import { lstat, readlink } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { type FilePlaces, forbiddenPlace, isInside, isNetworkPath, realOrSame } from "./filePlace.ts";
import type { Owners } from "./folderOwner.ts";
import { type FileEffects, type FileFaults, nodeFileEffects, readRegularFile } from "./regularFile.ts";

/** The effects of reading a file of a folder. */
export interface FolderFileEffects extends FileEffects {
  readonly lstat: (path: string) => Promise<Pick<Stats, "isSymbolicLink" | "uid">>;
  readonly readlink: (path: string) => Promise<string>;
}

/** The file system itself. */
export const nodeFolderFileEffects: FolderFileEffects = {
  ...nodeFileEffects,
  lstat: (path) => lstat(path),
  readlink: (path) => readlink(path),
};

/** Where the folder is, and whose files in it count; where nothing is said, everybody's. */
export interface FolderPlaces extends FilePlaces {
  readonly owners?: Owners;
}

/** Most bytes of a file that is written by hand. */
export const folderFileLimit = 1024 * 1024;

/**
 * The bytes of a file that a folder controls, null when there is none. It lies in the folder, by its real path, and in no
 * place where keys are kept; it is a regular file.
 * @param path absolute, below the folder
 * @param limit most bytes
 * @throws UserError `E_REFUSED_FOLDER_FILE`, `…_KIND`, `…_SIZE`, `…_CHANGED`, `E_ENVIRONMENT_UNREADABLE`
 */
export async function readFolderFile(
  path: string,
  places: FolderPlaces,
  limit = folderFileLimit,
  effects: FolderFileEffects = nodeFolderFileEffects,
): Promise<Uint8Array | null> {
  const found = await ifThere(path, () => effects.lstat(path));
  if (found === null) return null;
  const realPath = await ifThere(path, () => effects.realpath(path));
  // What was there a moment ago and is no link has been taken away.
  if (realPath === null && !found.isSymbolicLink()) return null;
  if (realPath === null)
    throw refused(path, `is a link to ${await effects.readlink(path)}, which is no file`);
  await checkPlace(path, realPath, places, effects);
  const faults = faultsOf(path, places.owners ?? null);
  const foreign = faults.owner(path, found.uid);
  if (foreign !== null) throw foreign;
  return readRegularFile(realPath, limit, faults, effects);
}

/** Reads such files, as `readFolderFile` does. */
export function folderFileReader(places: FolderPlaces): (path: string) => Promise<Uint8Array | null> {
  return (path) => readFolderFile(path, places);
}

/** Reads the text of such files, as `readFolderFile` does. */
export function folderTextReader(places: FolderPlaces): (path: string) => Promise<string | null> {
  return async (path) => {
    const bytes = await readFolderFile(path, places);
    return bytes === null ? null : Buffer.from(bytes).toString("utf8");
  };
}

async function checkPlace(
  path: string,
  realPath: string,
  { folder, home, platform }: FilePlaces,
  { realpath }: FolderFileEffects,
): Promise<void> {
  const realHome = home === null ? null : await realOrSame(home, realpath);
  const realFolder = await realOrSame(folder, realpath);
  const leads = realPath === path ? "is" : `leads to ${realPath}, which is`;
  const place = forbiddenPlace(realPath, { home: realHome, platform });
  // A folder that was opened on another machine holds its files there.
  const isOnItsShare = isNetworkPath(realFolder) && isInside(realPath, realFolder, platform);
  if (place !== null && !isOnItsShare) throw refused(path, `${leads} ${place}`);
  if (!isInside(realPath, realFolder, platform)) throw refused(path, `${leads} outside ${folder}`);
}

async function ifThere<T>(path: string, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unreadable(path, cause);
  }
}

function refused(path: string, why: string): UserError {
  return new UserError({
    code: "E_REFUSED_FOLDER_FILE",
    phase: "guard",
    message: `${path} ${why}; it is not read, and nothing was sent.`,
    hint: "Put a file of the folder itself in its place, or take it away.",
  });
}

function unreadable(path: string, cause: unknown): UserError {
  return new UserError({
    code: "E_ENVIRONMENT_UNREADABLE",
    phase: "file",
    message: `The file ${path}, which may say who signs or what variables hold, cannot be read.`,
    hint: "Make it readable, or move it out of the folder.",
    cause,
  });
}

/** By the path that the person knows, which may be a link inside the folder. */
function faultsOf(path: string, owners: Owners): FileFaults & Required<Pick<FileFaults, "owner">> {
  const refusal = (suffix: string, message: string, hint: string): UserError =>
    new UserError({ code: `E_REFUSED_FOLDER_FILE_${suffix}`, phase: "guard", message, hint });
  return {
    // In a folder that others may write to, such as /tmp, anybody can leave a file. Root needs no such way.
    owner: (_realPath, uid) =>
      owners === null || uid === 0 || owners.has(uid) ? null : refused(path, "belongs to another user"),
    unreadable: (_realPath, cause) => unreadable(path, cause),
    kind: (_realPath, kind) =>
      refusal(
        "KIND",
        `${path} is ${kind}, not a file; it is not read, and nothing was sent.`,
        "Put a file in its place, or take it away.",
      ),
    size: (_realPath, size, limit) =>
      refusal(
        "SIZE",
        `${path} has ${size} bytes; the limit is ${limit}.`,
        "Make it smaller, or take it away.",
      ),
    changed: () =>
      refusal(
        "CHANGED",
        `${path} changed while it was read; nothing was sent.`,
        "Send again when nothing writes to the file any more.",
      ),
  };
}
