import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { decodeConfiguration } from "./decodeConfiguration.ts";
import { parseIni } from "./iniFile.ts";
import { changePrivateFile } from "./privateFile.ts";

/** Keys as they are written into a profile. */
export type ProfileCredentials = Pick<Credentials, "accessKeyId" | "secretAccessKey" | "sessionToken">;

/** Why a text cannot be the name of a new profile, as a sentence; null when it can. */
export function profileNameFault(name: string): string | null {
  if (name === "") return "A profile needs a name.";
  if (name === "awsreq-local") return "awsreq-local is built in; choose another name.";
  if (name === "DEFAULT") return "DEFAULT fills in every profile; choose another name.";
  if (name.length > 64) return "A profile's name may have at most 64 characters here.";
  return /^[A-Za-z0-9][\w.@+-]*$/.test(name)
    ? null
    : "A profile's name is made of letters, digits and `.`, `_`, `@`, `+`, `-`, and begins with a letter or a digit.";
}

/**
 * Adds a profile to the credentials file, at its end. Everything that the file holds stays as it is.
 * @param path absolute, of the file or of a link to it
 * @param shown the path as a person knows it, for errors
 * @throws UserError `E_PROFILE_NAME`, `E_PROFILE_EXISTS`, `E_KEY_FORM`; `E_AWS_CONFIG` (the file cannot be
 * understood), `E_FILE_WRITE`
 */
export async function addProfile(
  path: string,
  shown: string,
  name: string,
  keys: ProfileCredentials,
): Promise<void> {
  await changePrivateFile(path, (bytes) => {
    const text = bytes === null ? "" : decodeConfiguration(bytes, shown);
    const section = profileSection(text, shown, name, keys);
    return bytes === null ? section : Buffer.concat([bytes, Buffer.from(section)]);
  });
}

/** What has to follow a credentials file's text so that it holds one more profile, in its own line ends. */
export function profileSection(text: string, shown: string, name: string, keys: ProfileCredentials): string {
  const fault = profileNameFault(name);
  if (fault !== null) throw refused("E_PROFILE_NAME", fault, "Choose another name.");
  const existing = parseIni(text, shown).sections.get(name);
  if (existing !== undefined) {
    const message = `There is a profile ${name} already, at ${shown}:${existing.line}; it is never overwritten.`;
    throw refused("E_PROFILE_EXISTS", message, "Choose another name.");
  }
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const lines = [
    `[${name}]`,
    `aws_access_key_id = ${checked("access key id", accessKeyId)}`,
    `aws_secret_access_key = ${checked("secret access key", secretAccessKey)}`,
    ...(sessionToken === undefined ? [] : [`aws_session_token = ${checked("session token", sessionToken)}`]),
  ];
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  return `${gapAfter(text, lineEnd)}${lines.join(lineEnd)}${lineEnd}`;
}

/** An empty line before the section; a last line without its end gets one. */
function gapAfter(text: string, lineEnd: string): string {
  if (text === "" || text === "\ufeff") return "";
  const ended = text.endsWith("\n") || text.endsWith("\r");
  return `${ended ? "" : lineEnd}${/(?:\r\n|\n|\r){2}$/.test(text) ? "" : lineEnd}`;
}

/** Anything else could end the line, begin a comment, or is no key. */
function checked(what: string, value: string): string {
  if (/^[A-Za-z0-9/+=_-]+$/.test(value)) return value;
  throw refused(
    "E_KEY_FORM",
    `The ${what} holds a character that no key has, or is empty.`,
    "Create the profile with `aws configure --profile NAME` and delete the keys from the request file.",
  );
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, phase: "file", message, hint });
}
