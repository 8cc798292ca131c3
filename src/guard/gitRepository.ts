import type { Stats } from "node:fs";
import { lstat, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isOwn, type Owners } from "./folderOwner.ts";

/** The repository that a folder belongs to, as far as its own files say. */
export type FoundRepository =
  | { readonly kind: "none" }
  /** Its files lie elsewhere (worktree, submodule), or it is another user's. */
  | { readonly kind: "elsewhere" }
  | { readonly kind: "found"; readonly root: string };

/**
 * Looks upwards for a repository. Its configuration is not read, and nothing that leads elsewhere is followed.
 * @param folder absolute, with every link resolved
 */
export async function repositoryOf(folder: string, owners: Owners): Promise<FoundRepository> {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, ".git");
    const found = await statsOf(path, lstat);
    if (found !== null && !found.isDirectory()) return { kind: "elsewhere" };
    if (found !== null && (await isRepository(path))) {
      const folderStats = await statsOf(at, stat);
      const isOwned = isOwn(found, owners) && folderStats !== null && isOwn(folderStats, owners);
      const isShared = (await statsOf(join(path, "commondir"), lstat)) !== null;
      return isOwned && !isShared ? { kind: "found", root: at } : { kind: "elsewhere" };
    }
    if (at === dirname(at)) return { kind: "none" };
  }
}

/** As git tells a repository from a folder that is only called `.git`. */
async function isRepository(path: string): Promise<boolean> {
  const [head, objects, refs] = await Promise.all([
    statsOf(join(path, "HEAD"), lstat),
    statsOf(join(path, "objects"), stat),
    statsOf(join(path, "refs"), stat),
  ]);
  return head !== null && objects?.isDirectory() === true && refs?.isDirectory() === true;
}

async function statsOf(path: string, look: (path: string) => Promise<Stats>): Promise<Stats | null> {
  return look(path).catch(() => null);
}
