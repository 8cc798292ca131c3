import { randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { fileFaultText } from "./fileFault.ts";
import { removedAtExit } from "./leftovers.ts";

/** The file of `--output`, known to be writable before anything is sent. */
export interface OutputFile {
  /** Puts the bytes, which come in pieces, in the place of what was there, at once. */
  save(pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Leaves things as they were when nothing was saved. */
  discard(): Promise<void>;
}

/**
 * Opens a file beside the one that is named; it takes its place when there are bytes to keep.
 * @param requests how many requests would write to it
 * @throws UserError `E_OUTPUT`, before anything is sent
 */
export async function openOutputFile(path: string, requests: number): Promise<OutputFile> {
  if (requests > 1) throw severalRequests(requests);
  const temporary = `${path}.${randomUUID()}.part`;
  const handle = await open(temporary, "wx", 0o600).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  const remove = removedAtExit(temporary);
  let isOpen = true;
  const close = async () => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    async save(pieces) {
      try {
        for await (const piece of pieces) await handle.writeFile(piece);
        await close();
        await rename(temporary, path);
      } catch (cause) {
        throw unwritable(path, cause);
      }
    },
    async discard() {
      await close();
      remove();
    },
  };
}

function severalRequests(requests: number): UserError {
  return new UserError({
    code: "E_OUTPUT",
    phase: "usage",
    message: `--output keeps one body, but ${requests} requests are meant.`,
    hint: "Choose one with --request NAME, or use --json.",
  });
}

function unwritable(path: string, cause: unknown): UserError {
  return new UserError({
    code: "E_OUTPUT",
    phase: "usage",
    message: `${path} cannot be written: ${fileFaultText(cause)}.`,
    hint: "Give --output the path of a file in a folder that you may write to.",
    cause,
  });
}
