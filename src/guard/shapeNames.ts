/** A name in lower case, and how much of it stands before the word by which it is found. */
export interface Name {
  readonly text: string;
  readonly before: number;
}

/** Names behind which a value is secret by its shape alone. */
export const secretKeyNames = namesUpTo("key", [
  "secretaccesskey",
  "aws_secret_access_key",
  "aws_secret_key",
  "secretkey",
]);
export const sessionTokenNames = namesUpTo("token", [
  "sessiontoken",
  "aws_session_token",
  "aws_security_token",
  "x-amz-security-token",
]);
export const accessKeyIdNames = namesUpTo("key", ["accesskeyid", "aws_access_key_id"]);

function namesUpTo(word: string, names: readonly string[]): readonly Name[] {
  return names.map((text) => ({ text, before: text.lastIndexOf(word) }));
}

/** The name that a word ends which is found from `wordStart` to `wordEnd`. */
export function nameAt(
  text: string,
  wordStart: number,
  wordEnd: number,
  names: readonly Name[],
): { readonly start: number; readonly end: number } | null {
  for (const { text: name, before } of names) {
    const start = wordStart - before;
    if (start >= 0 && start + name.length === wordEnd && isTextAt(text, start, name))
      return { start, end: wordEnd };
  }
  return null;
}

/** Whether a text stands there, in any case. @param wanted in lower case */
export function isTextAt(text: string, start: number, wanted: string): boolean {
  for (let at = 0; at < wanted.length; at += 1) {
    const unit = text.charCodeAt(start + at);
    const expected = wanted.charCodeAt(at);
    if (unit !== expected && (expected < 0x61 || unit + 0x20 !== expected)) return false;
  }
  return true;
}
