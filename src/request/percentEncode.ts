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

/**
 * Encodes what RFC 3986 allows nowhere in a request target, also `" < > \\ ^ \` { | }`, which many servers refuse.
 * `[` and `]` stay, as other tools leave them.
 */
export function encodeForTarget(text: string): string {
  return encodeWhere(text, /[^!#-;=?-[\]_a-z~]+/g);
}

/** The characters that `encodeForTarget` encodes although they can be seen. */
export const forbiddenInTarget = /["<>\\^`{|}]/g;

function encodeWhere(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) =>
    [...Buffer.from(found, "utf8")]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
