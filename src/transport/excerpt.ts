const escapes: ReadonlyMap<number, string> = new Map([
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

/** Bytes as ASCII text in which nothing acts: what is not printable is escaped. At most `limit` bytes, then "…". */
export function escapedExcerpt(bytes: Uint8Array, limit: number): string {
  const shown = Array.from(bytes.subarray(0, limit), escapedByte).join("");
  return bytes.length > limit ? `${shown}…` : shown;
}

function escapedByte(byte: number): string {
  const known = escapes.get(byte);
  if (known !== undefined) return known;
  const printable = byte >= 0x20 && byte < 0x7f;
  return printable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
}

/** Foreign text in which nothing acts: controls, bidi marks and the like are escaped. At most `limit` characters. */
export function inertText(text: string, limit: number): string {
  const clipped = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return clipped.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}

const shortestMatch = 8;
const mask = 0x2a;

/**
 * A copy in which every run of eight or more bytes that also stands in one of `secrets` is masked by asterisks:
 * a peer may echo the request, whole or in part, and its echo stands in an error's text.
 */
export function withoutSecrets(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const clean = Uint8Array.from(bytes);
  for (let at = 0; at + shortestMatch <= text.length; at += 1) {
    const run = text.slice(at, at + shortestMatch);
    if (secrets.some((secret) => secret.includes(run))) clean.fill(mask, at, at + shortestMatch);
  }
  return clean;
}

/** `withoutSecrets` for text. */
export function textWithoutSecrets(text: string, secrets: readonly string[]): string {
  return Buffer.from(withoutSecrets(Buffer.from(text, "utf8"), secrets)).toString("utf8");
}
