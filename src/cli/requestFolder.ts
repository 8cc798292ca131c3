import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { foreignNote, isOwn, isOwnFolder, type Owners } from "../guard/folderOwner.ts";

/** The folder that a request file belongs to. */
export interface RequestFolder {
  /** The folder that approvals are kept for and files may be included from: the one with `.git`, else the directory. */
  readonly folder: string;
  /** The last folder in which environments, `.env` and `samconfig.toml` are looked for; null when there is none. */
  readonly searched: string | null;
  /** Folders beside it whose AWS files are believed no more than those of `folder`: a repository that does not count. */
  readonly workspaceFolders: readonly string[];
  /** Sentences about what was not used. */
  readonly notes: readonly string[];
}

/**
 * The nearest folder with `.git` (a file in worktrees), else the directory itself. Folders of other users do not count,
 * nor do those above them: whoever may write there would say what is sent, and as whom (CVE-2022-24765 of git).
 * @param directory absolute
 */
export function requestFolder(directory: string, owners: Owners): RequestFolder {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (!isOwnFolder(folder, owners)) return besideForeign(directory, folder);
    const git = join(folder, ".git");
    const found = lstatSync(git, { throwIfNoEntry: false });
    if (found !== undefined && isOwn(found, owners))
      return { folder, searched: folder, workspaceFolders: [], notes: [] };
    if (found !== undefined) {
      const notes = [foreignNote(git)];
      return { folder: directory, searched: directory, workspaceFolders: [folder], notes };
    }
    if (dirname(folder) === folder)
      return { folder: directory, searched: directory, workspaceFolders: [], notes: [] };
  }
}

/** A directory that is another user's, or lies below a folder that is. A note is due only where something was passed over. */
function besideForeign(directory: string, foreign: string): RequestFolder {
  const isItself = foreign === directory;
  const repository = repositoryAbove(foreign);
  const isPassedOver =
    repository !== null || (isItself && folderFiles.some((name) => isThere(foreign, name)));
  return {
    folder: directory,
    searched: isItself ? null : directory,
    workspaceFolders: repository === null ? [] : [repository],
    notes: isPassedOver ? [foreignNote(foreign)] : [],
  };
}

const folderFiles = [
  "http-client.env.json",
  "http-client.private.env.json",
  ".env",
  "samconfig.toml",
] as const;

function repositoryAbove(directory: string): string | null {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (isThere(folder, ".git")) return folder;
    if (dirname(folder) === folder) return null;
  }
}

function isThere(folder: string, name: string): boolean {
  return lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined;
}
