/**
 * True when both are the same characters in another percent-encoding: once more, once less, of other characters, or with
 * a plus for a blank.
 */
export function isEncodingOf(ours: string, theirs: string): boolean {
  return ours !== theirs && fullyDecoded(ours) === fullyDecoded(theirs);
}

/** Rounds of encoding that occur: the path as it is sent, once more for signing, once more by mistake. */
const rounds = 4;

function fullyDecoded(text: string): string {
  let decoded = text;
  for (let round = 0; round < rounds; round++) {
    const next = decodedOnce(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded.replaceAll("+", " ");
}

/** One round of percent-decoding. Escapes above ASCII stay, so that bytes are compared as they are written. */
export function decodedOnce(text: string): string {
  const plain = text.replace(/[^\0-\x7f]+/g, (run) =>
    [...new TextEncoder().encode(run)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join(""),
  );
  return plain.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code < 0x80 ? String.fromCharCode(code) : `%${hex.toUpperCase()}`;
  });
}
