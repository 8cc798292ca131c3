import type { Needle } from "./secretForms.ts";

/** Pieces shorter than this tell nothing. */
const shortestPiece = 4;

/** A sentence quotes a few values; more marks than this are somebody's text. */
const mostMarks = 200;

/** Hides the beginning of a known text where a sentence breaks off in it: `"https://hunt…"`. */
export function hideCut(text: string, needles: readonly Needle[]): string {
  let hidden = text;
  for (let at = text.lastIndexOf("…"), marks = 0; at > 0 && marks < mostMarks; marks += 1) {
    const found = longestPiece(hidden, at, needles);
    if (found !== null) hidden = hidden.slice(0, at - found.length) + found.mask + hidden.slice(at);
    at = text.lastIndexOf("…", at - 1);
  }
  return hidden;
}

function longestPiece(
  text: string,
  end: number,
  needles: readonly Needle[],
): { readonly length: number; readonly mask: string } | null {
  let best: { readonly length: number; readonly mask: string } | null = null;
  for (const { text: needle, mask } of needles) {
    for (const form of new Set([
      needle,
      JSON.stringify(needle).slice(1, -1),
      encodeURIComponent(Buffer.from(needle).toString()),
    ])) {
      const length = pieceLength(text, end, form);
      if (length >= shortestPiece && length > (best?.length ?? 0)) best = { length, mask };
    }
  }
  return best;
}

/** The length of the longest beginning of a form that ends at `end`. */
function pieceLength(text: string, end: number, form: string): number {
  for (let length = Math.min(form.length - 1, end, 200); length >= shortestPiece; length -= 1) {
    if (text.startsWith(form.slice(0, length), end - length)) return length;
  }
  return 0;
}
