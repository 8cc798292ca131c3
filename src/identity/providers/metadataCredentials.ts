import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { keysOf, membersOf } from "./keyDocument.ts";

/**
 * Reads the JSON in which containers and instances give credentials. Nothing of it is shown.
 * @param written what gave it, for errors
 * @throws UserError `E_METADATA`, `E_KEY_FORM`
 */
export function readMetadataCredentials(bytes: Uint8Array, written: string): Credentials {
  const members = membersOf(bytes);
  if (typeof members === "string") throw fault(written, "gave no credentials: its answer is no JSON object");
  const code = members.get("Code");
  if (code !== undefined && code !== "Success")
    throw fault(written, "says that it has no credentials at the moment");
  const read = keysOf(members, "Token", written);
  if (read.kind === "fault") throw fault(written, `gave no credentials: ${read.says}`);
  return read.credentials;
}

function fault(written: string, what: string): UserError {
  return new UserError({
    code: "E_METADATA",
    phase: "credentials",
    message: `${written.charAt(0).toUpperCase()}${written.slice(1)} ${what}.`,
    hint: "Look at the role that this machine was started with.",
  });
}
