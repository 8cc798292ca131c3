import { createHash } from "node:crypto";
import { UserError } from "../errors.ts";
import type { RequestBody } from "../requestBody.ts";

/**
 * Opens the files of a body that is too large for memory, and reads them for its hash: what is hashed and what is sent is
 * of the same descriptors.
 * @throws UserError when a file is not what was found, `E_CANCELLED`
 */
export async function openBody(body: RequestBody, signal: AbortSignal): Promise<void> {
  if (body instanceof Uint8Array) return;
  try {
    await body.open(createHash("sha256"), signal);
  } catch (error) {
    if (!signal.aborted || error instanceof UserError) throw error;
    throw new UserError({
      code: "E_CANCELLED",
      phase: "cancel",
      message: "Cancelled while the body was read; nothing was sent.",
    });
  }
}

/** Closes what `openBody` opened. */
export async function closeBody(body: RequestBody): Promise<void> {
  if (!(body instanceof Uint8Array)) await body.close();
}
