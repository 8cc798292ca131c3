import { splitLines } from "../../../src/request/lines.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import type { Position, TextEdit } from "../../../src/stages.ts";

/** A document after edits, as an editor makes them: all at once. Throws when two overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const lines = splitLines(text);
  const offset = ({ line, column }: Position): number => (lines[line]?.offset ?? Number.NaN) + column;
  const placed = edits
    .map(({ range, text: put }) => ({ start: offset(range.start), end: offset(range.end), put }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let done = 0;
  let result = "";
  for (const { start, end, put } of placed) {
    if (!(start >= done && end >= start && end <= text.length)) throw new RangeError(`at ${start} to ${end}`);
    result += text.slice(done, start) + put;
    done = end;
  }
  return result + text.slice(done);
}

/** Where the n-th problem with this code begins. */
export function placeOf(text: string, code: string, index = 0): Position {
  const found = parseRequestFile(text).problems.filter((problem) => problem.code === code)[index];
  if (found === undefined) throw new Error(`${code} is not in the text`);
  return found.range.start;
}
