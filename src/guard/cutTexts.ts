import type { Needle } from "./secretForms.ts";

/** Pieces shorter than this tell nothing. */
const shortestPiece = 4;

/** How far before a mark a piece may begin. */
const longestPiece = 200;

/** A sentence quotes a few values; more marks than this are somebody's text. */
const mostMarks = 200;

/** Gives what hides the beginning of a known text where a sentence breaks off in it: `"https://hunt…"`. */
export function cutTexts(needles: readonly Needle[]): (text: string) => string {
  let forms: readonly Needle[] | null = null;
  return (text) => {
    if (!text.includes("…")) return text;
    forms ??= needles.flatMap(writtenForms);
    return hideCut(text, forms);
  };
}

function hideCut(text: string, forms: readonly Needle[]): string {
  const shown: string[] = [];
  let rest = text;
  for (let at = rest.lastIndexOf("…"), marks = 0; at > 0 && marks < mostMarks; marks += 1) {
    const found = longestCut(rest, at, forms);
    if (found !== null) {
      shown.push(rest.slice(at), found.mask);
      rest = rest.slice(0, at - found.length);
    }
    at = rest.lastIndexOf("…", at - 1);
  }
  return rest + shown.reverse().join("");
}

/** As a sentence quotes it. */
function writtenForms({ text, mask }: Needle): readonly Needle[] {
  const forms = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(Buffer.from(text).toString())];
  return [...new Set(forms)].map((form) => ({ text: form, mask }));
}

function longestCut(
  text: string,
  end: number,
  forms: readonly Needle[],
): { readonly length: number; readonly mask: string } | null {
  let best: { readonly length: number; readonly mask: string } | null = null;
  for (const { text: form, mask } of forms) {
    const length = pieceLength(text, end, form);
    // The mark of a key id that is masked already is no break.
    if (text.startsWith(mask, end - length)) continue;
    if (length >= shortestPiece && length > (best?.length ?? 0)) best = { length, mask };
  }
  return best;
}

/** The length of the longest beginning of a form that ends at `end`. */
function pieceLength(text: string, end: number, form: string): number {
  const last = text.charCodeAt(end - 1);
  for (let length = Math.min(form.length - 1, end, longestPiece); length >= shortestPiece; length -= 1) {
    if (form.charCodeAt(length - 1) === last && text.startsWith(form.slice(0, length), end - length))
      return length;
  }
  return 0;
}
