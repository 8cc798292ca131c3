import type { LinePiece, LinkedPart } from "../../page/signingView.ts";

/** A value to be found in a line, and which of the linked parts it is. */
export interface LinkedValue {
  readonly text: string;
  readonly part: LinkedPart;
}

/** Cuts a line into pieces where linked values stand in it. The pieces joined are the line. The longest value wins. */
export function linkedPieces(line: string, values: readonly LinkedValue[]): readonly LinePiece[] {
  const sought = values
    .filter(({ text }) => text !== "")
    .sort((one, other) => other.text.length - one.text.length);
  const pieces: LinePiece[] = [];
  let rest = line;
  while (rest !== "") {
    const next = nearest(rest, sought);
    if (next === null) {
      pieces.push({ text: rest, part: null });
      break;
    }
    if (next.at > 0) pieces.push({ text: rest.slice(0, next.at), part: null });
    pieces.push({ text: next.value.text, part: next.value.part });
    rest = rest.slice(next.at + next.value.text.length);
  }
  return pieces;
}

function nearest(text: string, sought: readonly LinkedValue[]): { at: number; value: LinkedValue } | null {
  let found: { at: number; value: LinkedValue } | null = null;
  for (const value of sought) {
    const at = text.indexOf(value.text);
    if (at >= 0 && (found === null || at < found.at)) found = { at, value };
  }
  return found;
}
