import type { BodyPart, Position, Spanned, TextRange } from "../stages.ts";
import { isBlankText, splitLines } from "./lines.ts";

/** One line of a body's text, at its place in the document. */
export interface BodyLine {
  readonly text: string;
  /** As written, "" where the text ends. */
  readonly lineEnd: string;
  readonly start: Position;
}

/** A piece of a body whose text can be gone through line by line. */
export type BodyPiece =
  | { readonly kind: "text"; readonly lines: readonly BodyLine[] }
  | { readonly kind: "file"; readonly path: Spanned };

/** A body's pieces, its texts as lines. */
export function piecesOf(body: readonly BodyPart[]): readonly BodyPiece[] {
  return body.map((part) => (part.kind === "file" ? part : { kind: "text", lines: linesOf(part.text) }));
}

function linesOf({ text, range }: Spanned): readonly BodyLine[] {
  return splitLines(text).map((line) => ({
    text: line.text,
    lineEnd: line.lineEnd,
    start: { line: range.start.line + line.number, column: line.number === 0 ? range.start.column : 0 },
  }));
}

/** The place of the characters `[from, to)` of a line. */
export function rangeOfLine({ text, start }: BodyLine, from = 0, to = text.length): TextRange {
  return {
    start: { line: start.line, column: start.column + from },
    end: { line: start.line, column: start.column + to },
  };
}

/** The lines as texts that stand in the document as they are: one for each run of neighbours. */
export function spansOf(lines: readonly BodyLine[]): readonly Spanned[] {
  const spans: Spanned[] = [];
  let run: BodyLine[] = [];
  for (const [index, line] of lines.entries()) {
    run.push(line);
    if (lines[index + 1]?.start.line === line.start.line + 1) continue;
    spans.push(...joined(run));
    run = [];
  }
  return spans;
}

function joined(run: readonly BodyLine[]): readonly Spanned[] {
  const [first, last] = [run[0], run.at(-1)];
  const text = run.map((line) => line.text + line.lineEnd).join("");
  if (first === undefined || last === undefined || text === "") return [];
  const end = last.lineEnd === "" ? rangeOfLine(last).end : { line: last.start.line + 1, column: 0 };
  return [{ text, range: { start: first.start, end } }];
}

/** Without the blank lines above and below the body, which are layout; pieces of nothing else go. */
export function withoutBlankEnds(pieces: readonly BodyPiece[]): readonly BodyPiece[] {
  return pieces
    .map((piece, index) => {
      if (piece.kind === "file") return piece;
      const lines = index === 0 ? withoutBlankStart(piece.lines) : piece.lines;
      return { ...piece, lines: index === pieces.length - 1 ? withoutBlankEnd(lines) : lines };
    })
    .filter((piece) => piece.kind === "file" || piece.lines.length > 0);
}

function withoutBlankStart(lines: readonly BodyLine[]): readonly BodyLine[] {
  const first = lines.findIndex(({ text }) => !isBlankText(text));
  return first < 0 ? [] : lines.slice(first);
}

function withoutBlankEnd(lines: readonly BodyLine[]): readonly BodyLine[] {
  const end = lines.findLastIndex(({ text }) => !isBlankText(text));
  const last = lines[end];
  return last === undefined ? [] : [...lines.slice(0, end), { ...last, lineEnd: "" }];
}
