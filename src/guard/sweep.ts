import { addMark, addMarks, type Marks, markReach, marksOf, noMarks } from "./nameMarks.ts";
import type { Steps } from "./steps.ts";

/** A text with the places in it that are looked at. */
export interface Marked {
  readonly text: string;
  readonly marks: Marks;
}

/** What was found at a mark: nothing else is found before its end. */
export interface Found {
  readonly end: number;
  /** Where the value begins that is hidden; it ends where all ends. */
  readonly valueStart: number;
  /** What stands for the value; null where it stays. */
  readonly shown: string | null;
}

/** Looks for one thing at the marks of some kinds. */
export interface Pass {
  /** Of `markKinds`, added up. */
  readonly kinds: number;
  /** @param from where the last one that was found ends */
  find(text: string, start: number, end: number, from: number): Found | null;
}

/** Marks that are looked at in one step. */
const marksAStep = 256;

/** Does the passes one after another, each on what the one before it left. */
export function* sweep(text: string, passes: readonly Pass[]): Steps<string> {
  let marked: Marked = { text, marks: yield* marksOf(text) };
  for (const pass of passes) {
    if ((marked.marks.present & pass.kinds) !== 0) marked = yield* passOver(marked, pass);
  }
  return marked.text;
}

function* passOver(marked: Marked, pass: Pass): Steps<Marked> {
  const edits: Found[] = [];
  let from = 0;
  for (let first = 0; first < marked.marks.starts.length; first += marksAStep) {
    from = lookAt(marked, pass, first, from, edits);
    yield;
  }
  return edits.length === 0 ? marked : yield* edited(marked, edits);
}

/** One step. @returns where the last one that was found ends */
function lookAt({ text, marks }: Marked, pass: Pass, first: number, from: number, edits: Found[]): number {
  const { kinds, starts, ends } = marks;
  const last = Math.min(first + marksAStep, starts.length);
  let passed = from;
  for (let index = first; index < last; index += 1) {
    if (((kinds[index] as number) & pass.kinds) === 0) continue;
    const found = pass.find(text, starts[index] as number, ends[index] as number, passed);
    if (found === null) continue;
    passed = found.end;
    if (found.shown !== null) edits.push(found);
  }
  return passed;
}

/** The text with the edits made. Marks around them are made anew, as they depend on what stands behind them. */
function* edited({ text, marks }: Marked, edits: readonly Found[]): Steps<Marked> {
  const changes = changesOf(edits);
  const whole = textWith(text, edits);
  const next = noMarks();
  let [index, done] = [0, 0];
  for (const [number, { from, to, moved, behind }] of changes.entries()) {
    if (number % marksAStep === marksAStep - 1) yield;
    const anew = Math.max(done, from - markReach);
    index = copyMarks(marks, index, anew - moved, moved, next);
    // With the place behind it: what begins there has another character before it.
    addMarks(whole, { from: anew, to: to + 1 }, next);
    index = copyMarks(marks, index, behind + 1, moved, null);
    done = to + 1;
  }
  copyMarks(marks, index, text.length, whole.length - text.length, next);
  return { text: whole, marks: next };
}

/** Where a mask stands in the new text, how far all before it has moved, and where the old text goes on behind it. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly moved: number;
  readonly behind: number;
}

function changesOf(edits: readonly Found[]): readonly Change[] {
  let moved = 0;
  return edits.map(({ valueStart, end, shown }) => {
    const from = valueStart + moved;
    const to = from + (shown ?? "").length;
    const change = { from, to, moved, behind: end };
    moved = to - end;
    return change;
  });
}

function textWith(text: string, edits: readonly Found[]): string {
  let copied = 0;
  const pieces = edits.flatMap(({ valueStart, end, shown }) => {
    const before = text.slice(copied, valueStart);
    copied = end;
    return [before, shown ?? ""];
  });
  return pieces.join("") + text.slice(copied);
}

/**
 * Copies the marks before `limit`.
 * @param into null to leave them out
 * @returns which one comes next
 */
function copyMarks(marks: Marks, first: number, limit: number, moved: number, into: Marks | null): number {
  let index = first;
  for (; index < marks.starts.length && (marks.starts[index] as number) < limit; index += 1) {
    if (into === null) continue;
    const start = marks.starts[index] as number;
    addMark(into, marks.kinds[index] as number, start + moved, (marks.ends[index] as number) + moved);
  }
  return index;
}
