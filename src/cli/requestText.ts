import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { sourceText } from "../request/sourceText.ts";
import { fileFaultText } from "./fileFault.ts";
import { cancelledReading, readNamedFile } from "./namedFile.ts";
import type { Surroundings } from "./surroundings.ts";

type Reading = Pick<Surroundings, "cwd" | "stdin" | "signal">;

const largestFile = 5 * 1024 * 1024;

/**
 * The text of the file of a command line, or of standard input for "-".
 * @throws UserError `E_FILE`, `E_FILE_ENCODING`, `E_CANCELLED`
 */
export function readRequestText(file: string, reading: Reading): Promise<string> {
  return file === "-" ? textOfStream(reading) : textOfFile(file, reading);
}

async function textOfFile(file: string, { cwd, signal }: Reading): Promise<string> {
  try {
    const bytes = await readNamedFile(resolve(cwd, file), largestFile, signal);
    if (bytes === null) throw tooLarge(file);
    return sourceText(bytes, file, "E_FILE_ENCODING");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(file, error);
  }
}

async function textOfStream({ stdin, signal }: Reading): Promise<string> {
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
