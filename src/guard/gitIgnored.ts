import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { UserError } from "../errors.ts";
import type { FilePlaces } from "./filePlace.ts";
import { readFolderFile } from "./folderFile.ts";
import { ownersOf, type Person } from "./folderOwner.ts";
import { type IgnoreFile, isIgnored } from "./gitIgnoreRules.ts";
import { indexAnswer } from "./gitIndex.ts";
import { repositoryOf } from "./gitRepository.ts";
import { personalRules } from "./personalIgnore.ts";

/**
 * What git makes of a file. `cannotTell` where its files lie elsewhere (worktree, submodule), are another user's or are
 * not understood.
 */
export type GitState = "ignored" | "tracked" | "notIgnored" | "noRepository" | "cannotTell";

/** Whose machine this is. */
export type GitMachine = Person & Pick<FilePlaces, "home" | "platform">;

/** Most bytes of an index: some 500,000 files. */
const indexLimit = 64 * 1024 * 1024;

/**
 * Whether git would take a file along. The repository is not ours, and git runs what a repository says; so git is not
 * run: its index and its rules are read here, its configuration is not.
 * @param path absolute
 */
export async function gitState(path: string, machine: GitMachine): Promise<GitState> {
  const folder = await realpath(dirname(path)).catch(() => null);
  if (folder === null) return "noRepository";
  const repository = await repositoryOf(folder, ownersOf(machine));
  if (repository.kind === "none") return "noRepository";
  if (repository.kind === "elsewhere") return "cannotTell";
  const { root } = repository;
  const names = relative(root, join(folder, basename(path))).split(sep);
  if (names.some((name) => name.toLowerCase() === ".git")) return "noRepository";
  try {
    return await stateIn(names, { ...machine, folder: root });
  } catch (error) {
    if (error instanceof UserError) return "cannotTell";
    throw error;
  }
}

/** @param names of the path, from the repository's root on */
async function stateIn(names: readonly string[], places: GitMachine & FilePlaces): Promise<GitState> {
  const ignoreNames = names.map((_, depth) => [...names.slice(0, depth), ".gitignore"].join("/"));
  const index = await readFolderFile(join(places.folder, ".git", "index"), places, indexLimit);
  const listed = index && indexAnswer(index, names.join("/"), ignoreNames);
  if (listed?.state === "listed") return "tracked";
  if (listed?.state === "unknown") return "cannotTell";
  const files: IgnoreFile[] = [];
  const add = (folder: string, bytes: Uint8Array | null): void => {
    if (bytes !== null) files.push({ folder, bytes });
  };
  add("", await personalRules(places));
  add("", await readFolderFile(join(places.folder, ".git", "info", "exclude"), places));
  for (const [depth, name] of ignoreNames.entries()) {
    const bytes = await ownRules(join(places.folder, name), places);
    // Left out of the working tree, its rules hold all the same.
    if (bytes === null && listed?.leftOut.has(name)) return "cannotTell";
    add(names.slice(0, depth).join("/"), bytes);
  }
  const ignored = await isIgnored(names.join("/"), files);
  if (ignored === null) return "cannotTell";
  return ignored ? "ignored" : "notIgnored";
}

/** Git follows no link by the name of `.gitignore`. */
async function ownRules(path: string, places: FilePlaces): Promise<Uint8Array | null> {
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  return isLink ? null : readFolderFile(path, places);
}

/**
 * The `.gitignore` that a line for a file belongs in: the nearest above it, else one beside the repository's `.git`.
 * Null outside of repositories.
 * @param path absolute
 */
export async function gitIgnorePath(path: string): Promise<string | null> {
  let nearest: string | null = null;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const candidate = join(folder, ".gitignore");
    if (nearest === null && (await isThere(candidate))) nearest = candidate;
    if (await isThere(join(folder, ".git"))) return nearest ?? candidate;
    if (folder === dirname(folder)) return null;
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * A `.gitignore` with one more line, at its end, because the last match counts. The text as it is when that line is
 * there already and nothing after it takes it back.
 * @param name a file's name, of letters, digits, points and hyphens
 */
export function withIgnored(text: string, name: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const after = lines.slice(lines.lastIndexOf(name) + 1);
  if (lines.includes(name) && !after.some((line) => line.startsWith("!"))) return text;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : lineEnd;
  return `${text}${gap}${name}${lineEnd}`;
}
