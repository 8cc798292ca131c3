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
