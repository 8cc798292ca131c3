import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";

/** What a person calls each part, and where it stands: `AWS_SECRET_ACCESS_KEY`, `aws_secret_access_key (~/.aws/credentials:3)`. */
export interface KeyNames {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

type KeyPart = keyof KeyNames;

/** Faults of pasting, the most telling first. */
const faults: readonly (readonly [pattern: RegExp, says: string])[] = [
  [/[ \t][#;]/, "has a comment behind it, which AWS reads as part of the key"],
  [/[\r\n]$/, "ends with a line break"],
  [/^\s|\s$|^[\u200b-\u200f\u2060\ufeff]|[\u200b-\u200f\u2060\ufeff]$/, "begins or ends with a blank"],
  [/\s/, "has a blank or a line break inside"],
  [/^["'].*["']$/, "is written in quotes, which AWS reads as part of the key"],
  [/[^\x21-\x7e]/, "holds a character that no key has"],
];

/**
 * Keys are signed with as they are written: what was pasted wrongly is named, never mended in silence, never shown.
 * @throws UserError `E_KEY_FORM`
 */
export function checkKeyForm(credentials: Pick<Credentials, KeyPart>, names: KeyNames): void {
  for (const part of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
    const value = credentials[part];
    const fault = value === undefined ? undefined : faults.find(([pattern]) => pattern.test(value));
    if (fault === undefined) continue;
    throw new UserError({
      code: "E_KEY_FORM",
      phase: "credentials",
      message: `The value of ${names[part]} ${fault[1]}.`,
      hint: "Write the key again, without anything around it.",
    });
  }
}
