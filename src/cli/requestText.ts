import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { sourceText } from "../request/sourceText.ts";
import { fileFaultText } from "./fileFault.ts";
import { cancelledReading, readNamedFile } from "./namedFile.ts";
import type { Surroundings } from "./surroundings.ts";

type Reading = Pick<Surroundings, "cwd" | "stdin" | "signal">;

const largestFile = 5 * 1024 * 1024;

/**
 * The bytes of the file of a command line, or of standard input for "-".
 * @throws UserError `E_FILE`, `E_CANCELLED`
 */
export function readRequestBytes(file: string, reading: Reading): Promise<Uint8Array> {
  return file === "-" ? bytesOfStream(reading) : bytesOfFile(file, reading);
}

/**
 * Their text.
 * @throws UserError `E_FILE_ENCODING`
 */
export function requestTextOf(file: string, bytes: Uint8Array): string {
  return sourceText(bytes, file === "-" ? "standard input" : file, "E_FILE_ENCODING");
}

async function bytesOfFile(file: string, { cwd, signal }: Reading): Promise<Uint8Array> {
  try {
    const bytes = await readNamedFile(resolve(cwd, file), largestFile, signal);
    if (bytes === null) throw tooLarge(file);
    return bytes;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(file, error);
  }
}

async function bytesOfStream({ stdin, signal }: Reading): Promise<Uint8Array> {
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
      if (size > largestFile) throw tooLarge("standard input");
      chunks.push(bytes);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return Buffer.concat(chunks);
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
