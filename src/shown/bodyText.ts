/** The text of a body when its bytes are UTF-8 (a BOM is dropped), else null. */
export function utf8TextOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether text would make a mess of a terminal: NUL, or more than a few control characters. */
export function looksBinary(text: string): boolean {
  if (text.includes("\0")) return true;
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d && code !== 0x1b) controls += 1;
  }
  return controls > Math.max(4, text.length / 100);
}

const longestReason = 80;

/** A server's words beside a status number, on one line of a person's. Redacted before: a cut secret is not found. */
export function reasonText(redacted: string): string {
  return redacted.length > longestReason ? `${redacted.slice(0, longestReason)}…` : redacted;
}

/** `231 B`, `12.5 kB`, `3.1 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `0.4 ms`, `12 ms`, `3.2 s`. */
export function timeText(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
