import type { TextRange } from "../stages.ts";

/** A piece of an expanded text. A literal piece stands in the file character by character at its range. */
export interface Piece {
  readonly text: string;
  readonly range: TextRange;
  readonly literal: boolean;
  /** Every character of it is the private environment's. */
  readonly isPrivate?: true;
}

/** An expanded text, and where each piece of it comes from. */
export interface Expansion {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** The place in the file of the character at `offset` of an expanded text. */
export function placeOf(expansion: Expansion, offset: number): TextRange | null {
  let start = 0;
  for (const piece of expansion.pieces) {
    const within = offset - start;
    start += piece.text.length;
    if (offset >= start) continue;
    if (!piece.literal) return piece.range;
    const { line, column } = piece.range.start;
    return { start: { line, column: column + within }, end: { line, column: column + within + 1 } };
  }
  return expansion.pieces.at(-1)?.range ?? null;
}
