import { isAbsolute, join } from "node:path";
import { UserError } from "../errors.ts";
import { folderFileLimit } from "./folderFile.ts";
import { type FileFaults, nodeFileEffects, readRegularFile } from "./regularFile.ts";

/** The person's home, and where their configuration is. */
export interface PersonalPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string | null;
}

/**
 * The rules of what the person's git ignores in every repository: `core.excludesFile` of their own configuration, else
 * `~/.config/git/ignore`. Null when there are none.
 * @throws UserError when the files are there and cannot be read
 */
export async function personalRules({ env, home }: PersonalPlaces): Promise<Uint8Array | null> {
  const configured = env["XDG_CONFIG_HOME"] ?? "";
  const fallback = home === null ? null : join(home, ".config");
  const folder = configured === "" ? fallback : configured;
  const places = [folder && join(folder, "git", "config"), home && join(home, ".gitconfig")];
  let chosen: string | null = null;
  for (const place of places) chosen = excludesFile((await homeFile(place)) ?? new Uint8Array()) ?? chosen;
  if (chosen === null) return homeFile(folder && join(folder, "git", "ignore"));
  const path = home !== null && chosen.startsWith("~/") ? join(home, chosen.slice(2)) : chosen;
  return isAbsolute(path) ? homeFile(path) : null;
}

/** The last value of `core.excludesFile` in a configuration of git's; files that it includes are not read. */
function excludesFile(configuration: Uint8Array): string | null {
  let isCore = false;
  let found: string | null = null;
  for (const line of Buffer.from(configuration).toString("utf8").split("\n")) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) isCore = section.trim().toLowerCase() === "core";
    const value = /^\s*excludesfile\s*=\s*(?:"([^"]*)"|([^#;]*))/i.exec(line);
    if (isCore && value !== null) found = value[1] ?? value[2]?.trim() ?? found;
  }
  return found;
}

/** A file of the home, wherever its links lead; null when there is none. */
async function homeFile(path: string | null): Promise<Uint8Array | null> {
  if (path === null) return null;
  const realPath = await nodeFileEffects.realpath(path).catch(() => null);
  if (realPath === null) return null;
  return readRegularFile(realPath, folderFileLimit, faults, nodeFileEffects);
}

const unreadable = (path: string): UserError =>
  new UserError({
    code: "E_GIT_IGNORE",
    phase: "file",
    message: `${path}, which says what git ignores, cannot be read.`,
  });

const faults: FileFaults = { unreadable, kind: unreadable, size: unreadable, changed: unreadable };
