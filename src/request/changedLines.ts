import type { TextEdit } from "../stages.ts";
import { splitLines } from "./lines.ts";

/** A line that an edit takes away or puts there; `number` counts from 1, as it stands before or after. */
export interface ChangedLine {
  readonly change: "removed" | "added";
  readonly number: number;
  readonly text: string;
}

/** What an edit does to a document, line by line: first what goes, then what comes. */
export function changedLines(text: string, { range, text: put }: TextEdit): readonly ChangedLine[] {
  const lines = splitLines(text).map((line) => line.text);
  const { start, end } = range;
  const touched = lines.slice(start.line, end.line + 1);
  const head = (lines[start.line] ?? "").slice(0, start.column);
  const tail = (lines[end.line] ?? "").slice(end.column);
  const written = `${head}${put}${tail}`.split("\n");
  const same = sameAtBothEnds(touched, written);
  const numbered = (change: ChangedLine["change"], some: readonly string[]) =>
    some
      .slice(same.before, some.length - same.after)
      .map((line, index) => ({ change, number: start.line + same.before + index + 1, text: line }));
  return [...numbered("removed", touched), ...numbered("added", written)];
}

function sameAtBothEnds(left: readonly string[], right: readonly string[]) {
  const most = Math.min(left.length, right.length);
  let before = 0;
  while (before < most && left[before] === right[before]) before += 1;
  let after = 0;
  while (after < most - before && left.at(-1 - after) === right.at(-1 - after)) after += 1;
  return { before, after };
}
