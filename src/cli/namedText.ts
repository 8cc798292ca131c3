import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { sourceText } from "../request/sourceText.ts";
import { fileFaultText } from "./fileFault.ts";
import { readNamedFile } from "./namedFile.ts";
import type { Surroundings } from "./surroundings.ts";

/** A kind of text that a command line names, and how large one may be. */
export interface NamedText {
  /** Bytes. */
  readonly limit: number;
  /** "a request file". */
  readonly what: string;
  /** The sentence that says how to make it smaller. */
  readonly shrink: string;
}

/**
 * The text of a file as it was named on the command line.
 * @throws UserError `E_FILE`, `E_FILE_ENCODING`
 */
export async function textOfFile(
  file: string,
  kind: NamedText,
  { cwd, signal }: Surroundings,
): Promise<string> {
  try {
    const bytes = await readNamedFile(resolve(cwd, file), kind.limit, signal);
    if (bytes === null) throw tooLarge(file, kind);
    return sourceText(bytes, file, "E_FILE_ENCODING");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(file, kind, error);
  }
}

/**
 * The text of standard input.
 * @throws UserError `E_FILE`, `E_FILE_ENCODING`
 */
export async function textOfInput(kind: NamedText, { stdin }: Surroundings): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin()) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > kind.limit) throw tooLarge("standard input", kind);
    chunks.push(bytes);
  }
  return sourceText(Buffer.concat(chunks), "standard input", "E_FILE_ENCODING");
}

function unreadable(file: string, { what }: NamedText, cause: unknown): UserError {
  return new UserError({
    code: "E_FILE",
    phase: "file",
    message: `${file} cannot be read: ${fileFaultText(cause)}.`,
    hint: `Give the path of ${what}, or - for standard input.`,
    cause,
  });
}

function tooLarge(file: string, { limit, what, shrink }: NamedText): UserError {
  return new UserError({
    code: "E_FILE",
    phase: "file",
    message: `${file} is larger than ${limit / 1024 / 1024} MB, which is the limit for ${what}.`,
    hint: shrink,
  });
}
