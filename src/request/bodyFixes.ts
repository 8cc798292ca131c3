import type { TextEdit, TextRange } from "../stages.ts";
import { isComment } from "./directives.ts";
import type { Line } from "./lines.ts";
import { isBlankText, rangeIn, skipBlanks, splitLines } from "./lines.ts";
import { isDefinition } from "./misplacedLines.ts";

/** A change of the text that mends what a problem of a body says. */
export interface BodyFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What would mend a problem with this code at this place; empty where nothing is known. */
export function bodyFixesFor(code: string, range: TextRange, document: string): readonly BodyFix[] {
  const make = fixes.get(code);
  return make === undefined ? [] : make(splitLines(document), range);
}

const separators: readonly string[] = ["E_REQUEST_SEPARATOR", "W_REQUEST_SEPARATOR", "W_BODY_VARIABLE"];
const fixes: ReadonlyMap<string, (lines: readonly Line[], range: TextRange) => readonly BodyFix[]> = new Map([
  ...separators.map((code) => [code, separatorAbove] as const),
  ["E_FORM_LINES", formFixes],
  ["W_FORM_BLANK", withoutBlanks],
]);

/** Comments, directives and definitions right above belong to the new block. */
function separatorAbove(lines: readonly Line[], { start }: TextRange): readonly BodyFix[] {
  let line = start.line;
  while (line > 0 && isIntroduction(lines[line - 1]?.text ?? "")) line--;
  const place = { line, column: 0 };
  return [
    {
      title: "Begin a new request here: ###",
      edits: [{ range: { start: place, end: place }, text: "###\n" }],
    },
  ];
}

function isIntroduction(text: string): boolean {
  return !text.startsWith("###") && (isComment(text) || isDefinition(text));
}

function formFixes(lines: readonly Line[], { start, end }: TextRange): readonly BodyFix[] {
  const written = lines
    .slice(start.line, end.line + 1)
    .filter(({ text }) => !isBlankText(text) && !isComment(text));
  const pairs = written.slice(1).flatMap((line, index) => {
    const above = written[index];
    return above === undefined ? [] : [{ above, line }];
  });
  return [
    {
      title: "Each line is a parameter: put & in front",
      edits: pairs.map(({ line }) => ({ range: rangeIn(line, 0, skipBlanks(line.text, 0)), text: "&" })),
    },
    {
      title: "It is one value: write %0A for its line breaks",
      edits: pairs.map(({ above, line }) => ({
        range: { start: rangeIn(above).end, end: { line: line.number, column: 0 } },
        text: "%0A".repeat(1 + blanksBetween(lines, above, line)),
      })),
    },
  ];
}

function blanksBetween(lines: readonly Line[], above: Line, below: Line): number {
  return lines.slice(above.number + 1, below.number).filter(({ text }) => isBlankText(text)).length;
}

function withoutBlanks(lines: readonly Line[], range: TextRange): readonly BodyFix[] {
  const { line } = range.start;
  const isWhole = isBlankText(lines[line]?.text ?? "") && line + 1 < lines.length;
  const whole = { start: { line, column: 0 }, end: { line: line + 1, column: 0 } };
  return [{ title: "Delete these blanks", edits: [{ range: isWhole ? whole : range, text: "" }] }];
}
