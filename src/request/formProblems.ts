import type { Problem, TextRange } from "../stages.ts";
import { type BodyLine, rangeOfLine } from "./bodyLines.ts";
import { isComment } from "./directives.ts";
import { type FormLine, formLines } from "./formParameters.ts";
import { endOfText, isBlankText, skipBlanks } from "./lines.ts";
import { errorAt, hintAt, warningAt } from "./problem.ts";
import { tokenize } from "./references.ts";

/** What the text of a form says that may be meant otherwise. */
export function formProblems(lines: readonly BodyLine[]): readonly Problem[] {
  const undecided = undecidedLines(lines);
  if (undecided !== null) {
    const message =
      "These lines do not say where a parameter begins: put `&` in front of each line that begins one, or write `%0A` for the line breaks of a value.";
    return [errorAt(undecided, "E_FORM_LINES", message)];
  }
  const read = formLines(lines);
  return read.flatMap((line, index) => [
    ...continuation(line, read[index + 1]),
    ...strayBlanks(line, read[index + 1]),
    ...literalHints(line.line),
  ]);
}

/** Where two or more lines each look like a parameter and no `&` says what they are; null elsewhere. */
function undecidedLines(lines: readonly BodyLine[]): TextRange | null {
  const written = lines.filter(({ text }) => !isBlankText(text) && !isComment(text));
  const [first, last] = [written[0], written.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  if (!written.every(looksLikeParameter)) return null;
  return { start: rangeOfLine(first).start, end: rangeOfLine(last).end };
}

function looksLikeParameter(line: BodyLine): boolean {
  const text = withoutReferences(line);
  return !text.includes("&") && /^[ \t]*[^\s=]+[ \t]*=/.test(text);
}

/** The text with an `x` for every character of a variable. */
function withoutReferences({ text }: BodyLine): string {
  const start = { line: 0, column: 0 };
  return tokenize({ text, range: { start, end: { line: 0, column: text.length } } })
    .map(({ kind, range }) => {
      const written = text.slice(range.start.column, range.end.column);
      return kind === "reference" ? "x".repeat(written.length) : written;
    })
    .join("");
}

function continuation({ line, begins }: FormLine, below: FormLine | undefined): readonly Problem[] {
  if (!begins || below === undefined || below.begins) return [];
  const message =
    "This value goes on over the lines below; their line breaks are sent as %0A. A line that begins a parameter begins with `&`.";
  return [hintAt(wholeOf(line), "H_FORM_LINES", message)];
}

/** Blanks that are sent, where they are hardly meant: beside a parameter's ends. */
function strayBlanks({ line, begins }: FormLine, below: FormLine | undefined): readonly Problem[] {
  const { text } = line;
  const problems: Problem[] = [];
  const isLastOfParameter = below?.begins ?? true;
  const start = /^&?([ \t]+)/.exec(text);
  const isIndent = start !== null && (begins || text[start[0].length] === "&");
  if (isBlankText(text)) {
    if (isLastOfParameter) problems.push(stray(rangeOfLine(line)));
    return problems;
  }
  if (start !== null && isIndent) {
    problems.push(stray(rangeOfLine(line, start[0].length - (start[1]?.length ?? 0), start[0].length)));
  }
  const end = endOfText(text, 0);
  const endsInBlanks = end < text.length && (isLastOfParameter || text[end - 1] === "&");
  if (endsInBlanks) problems.push(stray(rangeOfLine(line, end)));
  return problems;
}

function stray(range: TextRange): Problem {
  const message =
    "These blanks are sent, as %20 or %0A: only those beside the first `=` and before a `&` at a line's end are layout; delete them.";
  return warningAt(range, "W_FORM_BLANK", message);
}

/** The same as for a URL: what a server reads otherwise than it is written. */
function literalHints(line: BodyLine): readonly Problem[] {
  const hints: Problem[] = [];
  const plain = withoutReferences(line);
  const plus = plain.indexOf("+");
  if (plus >= 0) {
    const message = "In a form this `+` means a space; write %2B for a plus sign.";
    hints.push(hintAt(rangeOfLine(line, plus, plus + 1), "H_FORM_PLUS", message));
  }
  const percent = plain.search(/%(?![0-9A-Fa-f]{2})/);
  if (percent >= 0) {
    const message = "This `%` begins no escape and is sent as it is; write %25 for a percent sign.";
    hints.push(hintAt(rangeOfLine(line, percent, percent + 1), "H_FORM_PERCENT", message));
  }
  return hints;
}

function wholeOf(line: BodyLine): TextRange {
  return rangeOfLine(line, skipBlanks(line.text, 0), endOfText(line.text, 0));
}
