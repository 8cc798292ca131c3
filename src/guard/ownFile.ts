import type { Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Permission bits. */
const groupWrites = 0o020;
const othersWrite = 0o002;
const sticky = 0o1000;

/**
 * Whether others than the person could have written a file, as the beginning of a sentence with what to do; null when
 * they could not.
 * @param uid of the person, null where the system has no user ids
 */
export function whoElseWrites(
  path: string,
  { uid: owner, mode }: Pick<Stats, "uid" | "mode">,
  uid: number | null,
): string | null {
  if (uid === null) return null;
  if (owner !== uid) return `${path} belongs to another user (${owner})`;
  return (mode & (groupWrites | othersWrite)) === 0
    ? null
    : `${path} can be written by others (take that away with \`chmod go-w\`)`;
}

/**
 * The same for the folders above a file: whoever may rename in one of them puts another file in its place. The nearest
 * must be the person's own; those above may be the system's, and may be written by the person's own group.
 */
export async function whoElseWritesAbove(path: string, uid: number | null): Promise<string | null> {
  if (uid === null) return null;
  const nearest = await realpath(dirname(path));
  const own = whoElseWrites(nearest, await stat(nearest), uid);
  if (own !== null) return own;
  for (let folder = dirname(nearest); ; folder = dirname(folder)) {
    const { uid: owner, gid, mode } = await stat(folder);
    if (owner !== uid && owner !== 0) return `${folder} belongs to another user (${owner})`;
    const ownGroup = gid === process.getgid?.();
    const open = (mode & othersWrite) !== 0 || ((mode & groupWrites) !== 0 && !ownGroup && gid !== 0);
    // In a sticky folder, as /tmp is, nobody renames what is another's.
    if (open && (mode & sticky) === 0)
      return `${folder} can be written by others (take that away with \`chmod go-w\`)`;
    if (folder === dirname(folder)) return null;
  }
}
