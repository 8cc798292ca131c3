import { basename, dirname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { ownersOf } from "../guard/folderOwner.ts";
import { isOtherTools } from "../request/fileKind.ts";
import { sourceText } from "../request/sourceText.ts";
import { fileFaultText } from "./fileFault.ts";
import { readNamedFile } from "./namedFile.ts";
import { type RequestFolder, requestFolder } from "./requestFolder.ts";
import type { Surroundings } from "./surroundings.ts";

/** A request file as it was named, with what its place means. */
export interface RequestSource extends RequestFolder {
  /** As on the command line; "-" is standard input. */
  readonly file: string;
  /** For places such as `pets.awsreq:3`. */
  readonly fileName: string;
  /** Absolute; includes are relative to it. */
  readonly directory: string;
  readonly text: string;
  /** A file of other tools: what nothing says is signed goes out unsigned. Standard input has no such name. */
  readonly sendsAsTyped: boolean;
}

const largestFile = 5 * 1024 * 1024;

/**
 * Reads the file of a command line.
 * @throws UserError `E_FILE`, `E_FILE_ENCODING`
 */
export async function readRequestSource(file: string, surroundings: Surroundings): Promise<RequestSource> {
  if (file === "-") {
    const directory = surroundings.cwd;
    const text = await textOfStream(surroundings);
    const folder = requestFolder(directory, ownersOf(surroundings));
    return { file, fileName: "stdin", directory, ...folder, text, sendsAsTyped: false };
  }
  const path = resolve(surroundings.cwd, file);
  const directory = dirname(path);
  return {
    file,
    fileName: basename(path),
    directory,
    ...requestFolder(directory, ownersOf(surroundings)),
    text: await textOfFile(file, path, surroundings),
    sendsAsTyped: isOtherTools(path),
  };
}

async function textOfFile(file: string, path: string, { signal }: Surroundings): Promise<string> {
  try {
    const bytes = await readNamedFile(path, largestFile, signal);
    if (bytes === null) throw tooLarge(file);
    return sourceText(bytes, file, "E_FILE_ENCODING");
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
  return sourceText(Buffer.concat(chunks), "standard input", "E_FILE_ENCODING");
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
