import { lstat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors.ts";
import type { FilePlaces } from "../../guard/filePlace.ts";
import { readFolderFile } from "../../guard/folderFile.ts";
import { gitIgnorePath, gitState, withIgnored } from "../../guard/gitIgnored.ts";
import { maskKeyId } from "../../guard/masks.ts";
import { type PrivateEnvironmentWarning, privateEnvironmentWarning } from "../../guard/privateEnvironment.ts";
import { awsFilePath, shortPath } from "../../identity/files/awsFiles.ts";
import { addProfile, profileNameFault } from "../../identity/files/credentialsFile.ts";
import { changePrivateFile } from "../../identity/files/privateFile.ts";
import type { Machine } from "../../machine.ts";
import { movedToEnvironment, withEnvironmentValue } from "./movedToEnvironment.ts";
import { movedToProfile, type ProfileMove } from "./movedToProfile.ts";

/** What the quick fixes for literal keys do beyond the editor. */
export const keyMoves = {
  movedToProfile,
  shownKeyId: ({ credentials }: ProfileMove): string => maskKeyId(credentials.accessKeyId),
  profileNameFault,
  credentialsTarget,
  addProfile,
  movedToEnvironment,
  privateEnvironmentPath,
  saveEnvironmentValue,
  gitWarning,
  addToGitIgnore,
} as const;

/** The credentials file, as it is written to and as a person knows it. */
function credentialsTarget({ env, home }: Machine): { readonly path: string; readonly shown: string } {
  const path = awsFilePath("credentials", { env, home });
  if (path !== null) return { path, shown: shortPath(path, home) };
  throw new UserError({
    code: "E_AWS_FILE",
    phase: "credentials",
    message: "There is no home directory that the credentials file could lie in.",
    hint: "Set AWS_SHARED_CREDENTIALS_FILE.",
  });
}

const privateName = "http-client.private.env.json";

/** Beside the environment files that hold for a request, because folders are not merged; else beside the request file. */
function privateEnvironmentPath(files: readonly string[], directory: string): string {
  const [first] = files;
  return join(first === undefined ? directory : dirname(first), privateName);
}

/** Writes one value, for the person's eyes alone. A link may lead anywhere, and would be another file to git. */
async function saveEnvironmentValue(
  path: string,
  place: { readonly environment: string; readonly name: string },
  value: string,
  places: FilePlaces,
): Promise<void> {
  await refuseLink(path);
  // For what it refuses; what is changed is read again, at the moment of writing.
  await readFolderFile(path, places);
  await changePrivateFile(path, (bytes) =>
    withEnvironmentValue(bytes === null ? null : decoded(bytes, path), path, place, value),
  );
}

/** Anything but UTF-8 would come back changed. */
function decoded(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const message = `${path} is not UTF-8, and is not written to.`;
    throw new UserError({
      code: "E_ENVIRONMENT_JSON",
      phase: "file",
      message,
      hint: "Save it as UTF-8.",
      cause,
    });
  }
}

/** Why the file is not private, or may not be; else null. */
async function gitWarning(path: string, machine: Machine): Promise<PrivateEnvironmentWarning | null> {
  return privateEnvironmentWarning(path, await gitState(path, machine));
}

/** Adds the file's name to the `.gitignore` that it belongs in. */
async function addToGitIgnore(path: string, machine: Machine): Promise<void> {
  const target = await gitIgnorePath(path);
  if (target === null) return;
  await refuseLink(target);
  const bytes = await readFolderFile(target, { ...machine, folder: dirname(target) });
  const text = bytes === null ? "" : Buffer.from(bytes).toString("utf8");
  await writeFile(target, withIgnored(text, basename(path)));
}

async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch((cause: unknown) => {
    if (isMissing(cause)) return null;
    throw cause;
  });
  if (found === null || found.isFile()) return;
  throw new UserError({
    code: "E_FILE_WRITE",
    phase: "file",
    message: `${path} is a link or no file, and is not written to.`,
    hint: "Put a file in its place.",
  });
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
