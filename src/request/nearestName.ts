const longestCompared = 64;

/**
 * The known name that was probably meant, or null when none is near: at most one slip for every three characters.
 * A slip is a character too many, missing, wrong, or two swapped.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  const allowed = Math.max(1, Math.floor(name.length / 3));
  const lower = name.toLowerCase();
  const letters = lettersOf(lower);
  let nearest: string | null = null;
  let fewest = allowed + 1;
  for (const candidate of known) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= fewest) continue;
    const other = candidate.toLowerCase();
    if (bitsIn(letters ^ lettersOf(other)) >= 2 * fewest) continue;
    const slips = editDistance(lower, other);
    if (slips < fewest) {
      nearest = candidate;
      fewest = slips;
    }
  }
  return nearest;
}

/** A bit for each letter that a name has. One slip changes two of them at most. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let at = 0; at < name.length && at < longestCompared; at++) letters |= 1 << (name.charCodeAt(at) & 31);
  return letters;
}

function bitsIn(word: number): number {
  let bits = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

/** "; did you mean X?" or "", to end a sentence with. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === null ? "" : `; did you mean \`${nearest}\`?`;
}

/** Optimal string alignment distance; only the first 64 characters count, so that hostile names stay cheap. */
export function editDistance(left: string, right: string): number {
  const from = left.slice(0, longestCompared);
  const to = right.slice(0, longestCompared);
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
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
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
