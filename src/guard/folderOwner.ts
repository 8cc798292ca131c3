import { type Stats, statSync } from "node:fs";
import { dirname } from "node:path";

/** User ids whose folders count as the person's own; null where the system has none. */
export type Owners = ReadonlySet<number> | null;

/** Who a person is to the system. */
export interface Person {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where the system has no user ids. */
  readonly uid: number | null;
}

/** The person, and whoever became root by `sudo`, as git has it. */
export function ownersOf({ uid, env }: Person): Owners {
  if (uid === null) return null;
  const before = env["SUDO_UID"] ?? "";
  return new Set(uid === 0 && /^\d{1,10}$/.test(before) ? [uid, Number(before)] : [uid]);
}

/** Whether a file or folder is owned by one of them. */
export function isOwn({ uid }: Pick<Stats, "uid">, owners: Owners): boolean {
  return owners === null || owners.has(uid);
}

/** Whether a folder, behind its links, is owned by one of them. */
export function isOwnFolder(path: string, owners: Owners): boolean {
  if (owners === null) return true;
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && isOwn(found, owners);
}

/** The same, with the owner of a folder that the person vouched for. */
export function withOwnerOf(folder: string, owners: Owners): Owners {
  const found = owners === null ? undefined : statSync(folder, { throwIfNoEntry: false });
  return owners === null || found === undefined ? owners : new Set([...owners, found.uid]);
}

/** The folders that a person's files may be looked for in, and the one at which another user's begin. */
export interface OwnedFolders {
  /** The highest one, null when not even the directory is the person's own. */
  readonly root: string | null;
  /** The folder at which looking stopped before it came to the root. */
  readonly foreign: string | null;
}

/**
 * From a directory up to the root, as long as the folders are the person's own: what others put above a file is not meant
 * for it.
 * @param directory absolute
 * @param root absolute; when the directory is not below it, the directory alone is looked at
 */
export function ownedFolders(directory: string, root: string, owners: Owners): OwnedFolders {
  let highest: string | null = null;
  for (let folder = directory; ; folder = dirname(folder)) {
    if (!isOwnFolder(folder, owners)) return { root: highest, foreign: folder };
    highest = folder;
    if (folder === root || folder === dirname(folder)) return { root: highest, foreign: null };
  }
}

/** What a person is told when files of another user were not read. */
export function foreignNote(path: string): string {
  return `${path} belongs to another user: no environment, .env or samconfig.toml is read from there or from above it`;
}
