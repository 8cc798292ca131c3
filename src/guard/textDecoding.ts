/** Decodes the bytes of a body, all at once or piece after piece; what is no character becomes U+FFFD. */
export type Decode = (bytes: Uint8Array, options?: { readonly stream: boolean }) => string;

/** A decoder by the name that a TextDecoder gives a charset. */
export function decoderOf(encoding: string): Decode {
  if (encoding === "windows-1252") return windows1252;
  const decoder = new TextDecoder(encoding);
  return (bytes, options) => decoder.decode(bytes, options);
}

/** The text of bytes that are UTF-8 (a mark is dropped), else null. */
export function utf8TextOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Not by TextDecoder: from 20.18.3, 22.13 and 23.4 on Node reads it as Latin-1, so that quotation marks, dashes and
 * "€" become control characters. https://github.com/nodejs/node/issues/60888
 */
function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (control) => between.charAt(control.charCodeAt(0) - 0x80));
}

/** 0x80 to 0x9f; five have no character and stay as they are. */
const between = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
