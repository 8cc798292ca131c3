import { UserError } from "../../errors.ts";

/** Bytes that a config or credentials file may have. */
const mostBytes = 5 * 1024 * 1024;

/**
 * The text of a configuration file.
 * @param path as shown in errors
 * @throws UserError `E_AWS_CONFIG` when it is too large or not UTF-8, with the line
 */
export function decodeConfiguration(bytes: Uint8Array, path: string): string {
  if (bytes.length > mostBytes) {
    throw unreadable(path, "it is larger than 5 MB", "Move what is not configuration out of it.");
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw unreadable(path, "it is UTF-16", "Save it as UTF-8 (Windows editors and PowerShell write UTF-16).");
  }
  const text = decoded(bytes);
  if (text !== null) return text;
  throw unreadable(`${path}:${lineOfFirstBadByte(bytes)}`, "it is not UTF-8", "Save the file as UTF-8.");
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A newline byte is never part of a longer UTF-8 sequence, so lines can be tried one by one. */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    if (decoded(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
    line += 1;
  }
  return line;
}

function unreadable(place: string, why: string, hint: string): UserError {
  return new UserError({
    code: "E_AWS_CONFIG",
    phase: "credentials",
    message: `The AWS configuration at ${place} cannot be read: ${why}.`,
    hint,
  });
}
