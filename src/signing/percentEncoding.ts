const unreserved = /^[A-Za-z0-9\-._~]*$/;
const escapes = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
});

/** Percent-encodes every byte but RFC 3986's unreserved ones (SigV4's UriEncode, "/" included). */
export function encodeBytes(bytes: Iterable<number>): string {
  let encoded = "";
  for (const byte of bytes) encoded += escapes[byte];
  return encoded;
}

/** Percent-encodes the UTF-8 bytes of a text; a "%" that is already there becomes "%25". */
export function encodeText(text: string): string {
  return unreserved.test(text) ? text : encodeBytes(Buffer.from(text, "utf8"));
}

/**
 * The bytes that a server reads from a percent-encoded text. A "%" that begins no escape stands for itself.
 * Works on bytes, since `%E9` alone is a legal byte and no UTF-8.
 */
export function decodeToBytes(text: string): Uint8Array {
  const bytes = Buffer.from(text, "utf8");
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const escaped = bytes[at] === 0x25 ? hexByte(bytes, at + 1) : -1;
    decoded[length++] = escaped >= 0 ? escaped : (bytes[at] ?? 0);
    if (escaped >= 0) at += 2;
  }
  return decoded.subarray(0, length);
}

function hexByte(bytes: Uint8Array, at: number): number {
  const high = hexDigit(bytes[at]);
  const low = hexDigit(bytes[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
