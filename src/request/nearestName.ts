const longestCompared = 64;

/**
 * The known name that was probably meant, or null when none is near: at most one slip for every three characters.
 * A slip is a character too many, missing, wrong, or two swapped.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  const allowed = Math.max(1, Math.floor(name.length / 3));
  const lower = name.slice(0, longestCompared).toLowerCase();
  const letters = lettersOf(lower);
  let nearest: string | null = null;
  let fewest = allowed + 1;
  for (const candidate of known) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= fewest) continue;
    const other = candidate.slice(0, longestCompared).toLowerCase();
    if (fewestSlips(letters, lettersOf(other)) >= fewest) continue;
    const slips = editDistance(lower, other, fewest);
    if (slips < fewest) {
      nearest = candidate;
      fewest = slips;
    }
  }
  return nearest;
}

/** "; did you mean X?" or "", to end a sentence with. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === null ? "" : `; did you mean \`${nearest}\`?`;
}

const mostRemembered = 1000;

/** The same for names that do not change: each is looked for once, as a file may have one mistake on every line. */
export function suggester(known: Iterable<string>): (name: string) => string {
  const names = [...known];
  const said = new Map<string, string>();
  return (name) => {
    const before = said.get(name);
    if (before !== undefined) return before;
    const suggestion = didYouMean(name, names);
    if (said.size < mostRemembered) said.set(name, suggestion);
    return suggestion;
  };
}

/** Which letters there are, as bits; several letters share one. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** Each letter that only one of two names has is a slip at least. */
function fewestSlips(left: number, right: number): number {
  return Math.max(bitsOf(left & ~right), bitsOf(right & ~left));
}

function bitsOf(letters: number): number {
  let count = 0;
  for (let left = letters; left !== 0; left &= left - 1) count += 1;
  return count;
}

/**
 * Optimal string alignment distance; only the first 64 characters count, so that hostile names stay cheap.
 * @param enough a distance from which on it does not matter how large it is
 */
export function editDistance(left: string, right: string, enough = Number.POSITIVE_INFINITY): number {
  const from = left.slice(0, longestCompared);
  const to = right.slice(0, longestCompared);
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = nextRow(from, to, row, last, beforeLast);
    // Rows never shrink by more than a swap, which takes two of them.
    if (Math.min(...current) >= enough && Math.min(...last) >= enough) return enough;
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function nextRow(
  from: string,
  to: string,
  row: number,
  last: readonly number[],
  beforeLast: readonly number[],
): number[] {
  const current = [row];
  for (let column = 1; column <= to.length; column++) {
    const same = from[row - 1] === to[column - 1];
    const swapped = row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    current.push(
      Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      ),
    );
  }
  return current;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
