import { basename, dirname, resolve } from "node:path";
import { ownersOf } from "../guard/folderOwner.ts";
import { isOtherTools } from "../request/fileKind.ts";
import { type NamedText, textOfFile, textOfInput } from "./namedText.ts";
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

/** What a request file may be, and what is said of one that is not. */
const requestFile: NamedText = {
  limit: 5 * 1024 * 1024,
  what: "a request file",
  shrink: "Put large bodies into files of their own, included by `< ./file`.",
};

/**
 * Reads the file of a command line.
 * @throws UserError `E_FILE`, `E_FILE_ENCODING`
 */
export async function readRequestSource(file: string, surroundings: Surroundings): Promise<RequestSource> {
  if (file === "-") {
    const directory = surroundings.cwd;
    const text = await textOfInput(requestFile, surroundings);
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
    text: await textOfFile(file, requestFile, surroundings),
    sendsAsTyped: isOtherTools(path),
  };
}
