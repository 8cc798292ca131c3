/** Characters that are looked at in one step. Even, so that no pair lies across two of them. */
const windowSize = 32_768;

/** Marks pairs of characters by which a text is searched. Characters count by their lower eight bits. */
export type PairTable = Uint8Array;

/** Its one copy serves every scan: a window is filled and read within one step. */
const bytes = Buffer.alloc(windowSize);
const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset, windowSize / 2);
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** A table without marks. */
export function pairTable(): PairTable {
  return new Uint8Array(0x10000);
}

/** Two characters as an index of a table. */
export function pairOf(first: number, second: number): number {
  return isLittleEndian ? (first & 0xff) | ((second & 0xff) << 8) : ((first & 0xff) << 8) | (second & 0xff);
}

/** What one window holds: each place, as its distance from the begin, with its mark in the lower eight bits. */
export const places = new Int32Array(windowSize / 2);

/**
 * Looks at every second pair of one window: of three characters that follow one another, the first two or the last two are
 * a pair that is looked at. A mark may be met where other characters have the same lower bits. `places` gets the marked
 * pairs, in order; behind an odd end, a pair ends with NUL.
 * @param stop where the text ends that is looked at
 * @returns how many there are
 */
export function scanWindow(text: string, start: number, table: PairTable, stop = text.length): number {
  const end = windowEnd(start, stop);
  const written = bytes.write(text.slice(start, end), 0, "latin1");
  if (written % 2 === 1) bytes[written] = 0;
  const last = (written + 1) >> 1;
  let found = 0;
  for (let index = 0; index < last; index += 1) {
    const mark = table[pairs[index] as number] as number;
    if (mark === 0) continue;
    places[found] = (index << 9) | mark;
    found += 1;
  }
  return found;
}

/** Where the next window begins. */
export function windowEnd(start: number, stop: number): number {
  return Math.min(start + windowSize, stop);
}
