import { basename, dirname, resolve } from "node:path";
import { ownersOf } from "../guard/folderOwner.ts";
import { isOtherTools } from "../request/fileKind.ts";
import { namedTextOf, requestFile } from "./namedText.ts";
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

/**
 * Reads the file of a command line.
 * @throws UserError `E_FILE`, `E_FILE_ENCODING`, `E_CANCELLED`
 */
export async function readRequestSource(file: string, surroundings: Surroundings): Promise<RequestSource> {
  if (file === "-") {
    const directory = surroundings.cwd;
    const text = namedTextOf(file, await surroundings.namedBytes(file, requestFile));
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
    text: namedTextOf(file, await surroundings.namedBytes(file, requestFile)),
    sendsAsTyped: isOtherTools(path),
  };
}
