import { UserError } from "../../errors.ts";
import type { Line } from "../../request/lines.ts";
import { type LiteralKey, literalKeys } from "../../request/literalKeys.ts";
import type { Position, RequestFile, TextEdit, VariableDefinition } from "../../stages.ts";

/** The literal key that a problem's place begins at, or null. */
export function keyAt(file: RequestFile, place: Position): LiteralKey | null {
  return literalKeys(file).find(({ range }) => isSamePlace(range.start, place)) ?? null;
}

/** True when both are the same place. */
export function isSamePlace(left: Position, right: Position): boolean {
  return left.line === right.line && left.column === right.column;
}

/** Every definition of the file, wherever it stands. */
export function definitionsOf({ preamble, requests }: RequestFile): readonly VariableDefinition[] {
  return [...preamble.variables, ...requests.flatMap(({ variables }) => variables)];
}

/** Takes a whole line away. The last line of a document has no line end to take. */
export function withoutLine(line: number, lines: readonly Line[]): TextEdit {
  const isLast = line + 1 >= lines.length;
  const end = isLast ? { line, column: lines[line]?.text.length ?? 0 } : { line: line + 1, column: 0 };
  return { range: { start: { line, column: 0 }, end }, text: "" };
}

/** Why keys cannot be moved. */
export function cannotMove(message: string, hint: string): UserError {
  return new UserError({ code: "E_KEYS_MOVE", phase: "file", message, hint });
}
