/** Every byte of the text's UTF-8 form but `A-Za-z0-9-._~` as `%XX`: RFC 3986's unreserved characters stand. */
export function percentEncode(text: string): string {
  return encodeWhere(text, /[^A-Za-z0-9\-._~]+/g);
}

/**
 * Encodes only what may not stand in a request target: space, control characters and everything beyond ASCII.
 * All other characters, `%` included, stay as they are.
 */
export function encodeUnsendable(text: string): string {
  return encodeWhere(text, /[^!-~]+/g);
}

function encodeWhere(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) =>
    [...Buffer.from(found, "utf8")]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
