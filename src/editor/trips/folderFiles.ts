import { readFile } from "node:fs/promises";
import { UserError } from "../../errors.ts";
import { type FolderVoices, noFolderVoices, readFolderVoices } from "../../identity/choice/folderVoices.ts";
import { type LoadedEnvironment, loadEnvironment, noEnvironment } from "../../request/environments.ts";
import type { TripInput } from "./tripInput.ts";

type Place = Pick<TripInput, "trusted" | "directory" | "folder">;

/** Names of the environments around a request file, and the one that holds. Files are read: only in a trusted workspace. */
export function environmentOf(place: Place & Pick<TripInput, "environment">): Promise<LoadedEnvironment> {
  // In a workspace that is not trusted no file is read; the pipeline then says why.
  if (!place.trusted) return Promise.resolve({ environment: noEnvironment, names: [], problems: [] });
  return loadEnvironment({
    directory: place.directory,
    root: place.folder,
    selected: place.environment,
    readFile: textOrNull,
  });
}

/** What `.env` and `samconfig.toml` around a request file say about who signs. Read in a trusted workspace only. */
export function folderVoicesOf({ trusted, directory, folder }: Place): Promise<FolderVoices> {
  if (!trusted) return Promise.resolve(noFolderVoices);
  return readFolderVoices({ directory, root: folder, readFile: textOrNull });
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return null;
    throw new UserError({
      code: "E_ENVIRONMENT_UNREADABLE",
      phase: "file",
      message: `The file ${path}, which may say who signs or what variables hold, cannot be read.`,
      hint: "Make it readable, or move it out of the folder.",
      cause: error,
    });
  }
}
