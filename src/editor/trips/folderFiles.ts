import { type FolderPlaces, folderFileReader, folderTextReader } from "../../guard/folderFile.ts";
import {
  foreignNote,
  type OwnedFolders,
  type Owners,
  ownedFolders,
  ownersOf,
  withOwnerOf,
} from "../../guard/folderOwner.ts";
import { type FolderVoices, noFolderVoices, readFolderVoices } from "../../identity/choice/folderVoices.ts";
import type { Machine } from "../../machine.ts";
import { type LoadedEnvironment, loadEnvironment, noEnvironment } from "../../request/environments.ts";
import type { TripInput } from "./tripInput.ts";

type Place = Pick<TripInput, "trusted" | "directory" | "folder">;

/** Whose machine the folder is on. */
export type FolderMachine = Pick<Machine, "env" | "home" | "platform" | "uid">;

/** Names of the environments around a request file, and the one that holds. Files are read: only in a trusted workspace. */
export function environmentOf(
  place: Place & Pick<TripInput, "environment">,
  machine: FolderMachine,
): Promise<LoadedEnvironment> {
  // In a workspace that is not trusted no file is read; the pipeline then says why.
  if (!place.trusted) return Promise.resolve({ environment: noEnvironment, names: [], problems: [] });
  const { root } = ownedIn(place, machine);
  return loadEnvironment({
    directory: place.directory,
    root: root ?? place.directory,
    selected: place.environment,
    readFile: readerIn(place, root, machine, folderFileReader),
  });
}

/** What `.env` and `samconfig.toml` around a request file say about who signs. Read in a trusted workspace only. */
export async function folderVoicesOf(place: Place, machine: FolderMachine): Promise<FolderVoices> {
  if (!place.trusted) return noFolderVoices;
  const { root, foreign } = ownedIn(place, machine);
  const voices = await readFolderVoices({
    directory: place.directory,
    root: root ?? place.directory,
    readFile: readerIn(place, root, machine, folderTextReader),
  });
  return foreign === null ? voices : { ...voices, problems: [foreignNote(foreign), ...voices.problems] };
}

/** The workspace folder was opened and trusted by the person, whoever owns it: in containers that is often another user. */
function ownedIn({ directory, folder }: Place, machine: FolderMachine): OwnedFolders {
  return ownedFolders(directory, folder, ownersIn(folder, machine));
}

function ownersIn(folder: string, machine: FolderMachine): Owners {
  return withOwnerOf(folder, ownersOf(machine));
}

function readerIn<T>(
  { folder }: Place,
  root: string | null,
  machine: FolderMachine,
  reader: (places: FolderPlaces) => (path: string) => Promise<T | null>,
): (path: string) => Promise<T | null> {
  if (root === null) return async () => null;
  return reader({ ...machine, folder, owners: ownersIn(folder, machine) });
}
