import { type RedactedBytes, redactBytes } from "../guard/redactBytes.ts";
import type { Redactor } from "../guard/redactor.ts";
import type { BodyStore, Field } from "../stages.ts";

/** How much is read at once, and how far a secret may reach over the end of it. Both are even: UTF-16 has two bytes. */
export interface PieceSizes {
  readonly piece: number;
  readonly reach: number;
}

const usualSizes: PieceSizes = { piece: 4 * 1024 * 1024, reach: 64 * 1024 };

/** Places that are tried for an end, each further ahead. */
const mostTries = 24;

/** A sentence for a body that is not shown. */
export const notSearched =
  "The body is not shown: it is written in a way that cannot be searched for credentials. --output FILE keeps its exact bytes.";

/** A sentence for a body in which something was masked. */
export const maskedRemark = "Credentials in the body are masked; --output FILE keeps its exact bytes.";

/** The value of the first Content-Type, or "". */
export function contentTypeOf(headers: readonly Field[]): string {
  return headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
}

/**
 * A body of any size, masked piece by piece. A piece ends where masking what is before and what is behind it gives the
 * same as masking both together, so that no secret is cut. The first piece that could not be searched is the last.
 */
export async function* redactedPieces(
  body: BodyStore,
  contentType: string,
  redactor: Redactor,
  { piece, reach }: PieceSizes = usualSizes,
): AsyncGenerator<RedactedBytes> {
  const masked = (bytes: Uint8Array) => redactBytes(bytes, contentType, redactor);
  for (let at = 0; at < body.size; ) {
    const window = await body.slice(at, at + piece + reach);
    const isLast = at + window.length >= body.size;
    const { end, shown } = isLast
      ? { end: window.length, shown: masked(window) }
      : firstPiece(window, { piece, reach }, masked);
    yield shown;
    if (!shown.searched) return;
    at += end;
  }
}

const withheld: RedactedBytes = { bytes: new Uint8Array(), masked: false, searched: false };

/** The longest piece that can be masked by itself; none when something reaches over every place that was tried. */
function firstPiece(
  window: Uint8Array,
  { piece, reach }: PieceSizes,
  masked: (bytes: Uint8Array) => RedactedBytes,
): { readonly end: number; readonly shown: RedactedBytes } {
  const step = Math.max(2, 2 * Math.floor(piece / (4 * mostTries)));
  for (let tries = 0; tries < mostTries; tries += 1) {
    const end = piece - tries * step;
    const isSafe = (start: number, left: Uint8Array) => {
      const together = masked(window.subarray(start, end + reach)).bytes;
      const right = masked(window.subarray(end, end + reach)).bytes;
      return Buffer.concat([left, right]).equals(together);
    };
    const near = Math.max(0, end - reach);
    // What is near is looked at first: it decides most of the time, and costs little.
    if (!isSafe(near, masked(window.subarray(near, end)).bytes)) continue;
    const shown = masked(window.subarray(0, end));
    if (isSafe(0, shown.bytes)) return { end, shown };
  }
  return { end: 0, shown: withheld };
}
