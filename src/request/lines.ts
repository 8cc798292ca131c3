import type { Spanned, TextRange } from "../stages.ts";

/** One line of a document. */
export interface Line {
  /** Zero-based. */
  readonly number: number;
  /** Where the line begins in the document, in UTF-16 units. */
  readonly offset: number;
  /** Without its line end. */
  readonly text: string;
  /** "\r\n", "\n", "\r", or "" for the last line. */
  readonly lineEnd: string;
}

/**
 * The lines of a text as editors count them: CRLF, LF and CR each end one, and the last has no line end.
 * @param first number of the first line
 */
export function splitLines(text: string, first = 0): readonly Line[] {
  const lines: Line[] = [];
  let offset = 0;
  let feed = text.indexOf("\n");
  let back = text.indexOf("\r");
  while (feed >= 0 || back >= 0) {
    const isBack = back >= 0 && (feed < 0 || back < feed);
    const end = isBack ? back : feed;
    const lineEnd = text.slice(end, isBack && feed === end + 1 ? end + 2 : end + 1);
    lines.push({ number: first + lines.length, offset, text: text.slice(offset, end), lineEnd });
    offset = end + lineEnd.length;
    if (feed >= 0 && feed < offset) feed = text.indexOf("\n", offset);
    if (isBack) back = text.indexOf("\r", offset);
  }
  lines.push({ number: first + lines.length, offset, text: text.slice(offset), lineEnd: "" });
  return lines;
}

/** The characters `[start, end)` of a line, with their place. */
export function spanOf(line: Line, start = 0, end = line.text.length): Spanned {
  return { text: line.text.slice(start, end), range: rangeIn(line, start, end) };
}

/** The place of the columns `[start, end)` of a line. */
export function rangeIn(line: Line, start = 0, end = line.text.length): TextRange {
  return { start: { line: line.number, column: start }, end: { line: line.number, column: end } };
}

/** The columns `[start, end)` of a line without the blanks around them. */
export function trimmedSpan(line: Line, start = 0, end = line.text.length): Spanned {
  const first = skipBlanks(line.text, start, end);
  return spanOf(line, first, endOfText(line.text, first, end));
}

/** The first column from `start` on that is neither space nor tab; at most `end`. */
export function skipBlanks(text: string, start: number, end = text.length): number {
  let column = start;
  while (column < end && isBlank(text.charCodeAt(column))) column++;
  return column;
}

/** The column after the last character before `end` that is neither space nor tab; at least `start`. */
export function endOfText(text: string, start: number, end = text.length): number {
  let column = end;
  while (column > start && isBlank(text.charCodeAt(column - 1))) column--;
  return column;
}

/** True for a line of spaces and tabs, or of nothing. */
export function isBlankText(text: string): boolean {
  return skipBlanks(text, 0) === text.length;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
