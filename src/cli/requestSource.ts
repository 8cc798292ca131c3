import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { fileFaultText } from "./fileFault.ts";
import type { Surroundings } from "./surroundings.ts";

/** A request file as it was named, with what its place means. */
export interface RequestSource {
  /** As on the command line; "-" is standard input. */
  readonly file: string;
  /** For places such as `pets.awsreq:3`. */
  readonly fileName: string;
  /** Absolute; includes are relative to it. */
  readonly directory: string;
  /** The folder that approvals are kept for and environments are looked for up to: the one with `.git`, else `directory`. */
  readonly folder: string;
  readonly text: string;
}

const largestFile = 5 * 1024 * 1024;

/**
 * Reads the file of a command line.
 * @throws UserError `E_FILE`
 */
export async function readRequestSource(file: string, surroundings: Surroundings): Promise<RequestSource> {
  if (file === "-") {
    const directory = surroundings.cwd;
    const text = await textOfStream(surroundings);
    return { file, fileName: "stdin", directory, folder: folderOf(directory), text };
  }
  const path = resolve(surroundings.cwd, file);
  const directory = dirname(path);
  return {
    file,
    fileName: basename(path),
    directory,
    folder: folderOf(directory),
    text: textOfFile(file, path),
  };
}

function textOfFile(file: string, path: string): string {
  try {
    // Synchronous: nothing else can happen before the file is read, and starting the thread pool for it takes longer.
    if (statSync(path).size > largestFile) throw tooLarge(file);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(file, error);
  }
}

async function textOfStream({ stdin }: Surroundings): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin()) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > largestFile) throw tooLarge("standard input");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The nearest folder with `.git` (a file in worktrees), else the directory itself. */
export function folderOf(directory: string): string {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return directory;
  }
}

function unreadable(file: string, cause: unknown): UserError {
  return new UserError({
    code: "E_FILE",
    phase: "file",
    message: `${file} cannot be read: ${fileFaultText(cause)}.`,
    hint: "Give the path of a request file, or - for standard input.",
    cause,
  });
}

function tooLarge(file: string): UserError {
  return new UserError({
    code: "E_FILE",
    phase: "file",
    message: `${file} is larger than 5 MB, which is the limit for a request file.`,
    hint: "Put large bodies into files of their own, included by `< ./file`.",
  });
}
