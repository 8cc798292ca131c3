import { type KeyDocument, keysOf, membersOf } from "./keyDocument.ts";

/**
 * Reads what a credential process printed: JSON, Version 1.
 * @param written names the process and its place, for the error about a key's form
 * @throws UserError `E_KEY_FORM`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function parseProcessOutput(bytes: Uint8Array, written: string): KeyDocument {
  const answer = membersOf(bytes);
  if (typeof answer === "string") return { kind: "fault", says: answer };
  const version = answer.get("Version");
  if (version !== 1) return { kind: "fault", says: versionFault(version) };
  return keysOf(answer, "SessionToken", written);
}

function versionFault(version: unknown): string {
  if (version === undefined) return "its JSON has no Version";
  return typeof version === "number"
    ? `its JSON is of Version ${version}, and only Version 1 is known`
    : "its Version is not the number 1";
}
