import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { sourceText } from "../request/sourceText.ts";
import { fileFaultText } from "./fileFault.ts";
import { cancelledReading, readNamedFile } from "./namedFile.ts";
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

/** What a request file may be, and what is said of one that is not. */
export const requestFile: NamedText = {
  limit: 5 * 1024 * 1024,
  what: "a request file",
  shrink: "Put large bodies into files of their own, included by `< ./file`.",
};

/** Browsers write the answers of a whole session into one file. */
export const captureFile: NamedText = {
  limit: 200 * 1024 * 1024,
  what: "a captured answer or a HAR",
  shrink: "Save fewer requests in it, or give the one answer that was refused.",
};

type Reading = Pick<Surroundings, "cwd" | "stdin" | "signal">;

/**
 * The bytes of a file as it was named on the command line; "-" is standard input.
 * @throws UserError `E_FILE`, `E_CANCELLED`
 */
export function readNamedBytes(file: string, kind: NamedText, reading: Reading): Promise<Uint8Array> {
  return file === "-" ? bytesOfInput(kind, reading) : bytesOfFile(file, kind, reading);
}

/**
 * Their text.
 * @throws UserError `E_FILE_ENCODING`
 */
export function namedTextOf(file: string, bytes: Uint8Array): string {
  return sourceText(bytes, file === "-" ? "standard input" : file, "E_FILE_ENCODING");
}

async function bytesOfFile(file: string, kind: NamedText, { cwd, signal }: Reading): Promise<Uint8Array> {
  try {
    const bytes = await readNamedFile(resolve(cwd, file), kind.limit, signal);
    if (bytes === null) throw tooLarge(file, kind);
    return bytes;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(file, kind, error);
  }
}

async function bytesOfInput(kind: NamedText, { stdin, signal }: Reading): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  const input = stdin();
  const stop = () => input.destroy(cancelledReading());
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const chunk of input) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > kind.limit) throw tooLarge("standard input", kind);
      chunks.push(bytes);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return Buffer.concat(chunks);
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
