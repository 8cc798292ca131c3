import type { BodyPart, HeaderLine, Problem, TextRange } from "../stages.ts";
import { arrangeBody } from "./arrangedBody.ts";
import { spansOf } from "./bodyLines.ts";
import { characterProblems, surrogateFault } from "./characters.ts";
import { isComment } from "./directives.ts";
import { foreignLinesAt, zoneOfBody } from "./foreignLines.ts";
import { laterInclude, readIncludeLine } from "./includeLine.ts";
import type { Line } from "./lines.ts";
import { isBlankText, rangeIn } from "./lines.ts";
import type { BodyKind } from "./mediaType.ts";
import { isDefinition, misplacedLines } from "./misplacedLines.ts";
import { addProblems, errorAt } from "./problem.ts";
import { unclosedReferences } from "./references.ts";

/** The body of a block as written, in pieces. */
export interface BodyReading {
  readonly parts: readonly BodyPart[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the lines after a request's first empty line. Empty and blank lines before the next `###` or the end are
 * layout, not body; all others keep their line ends as written. `< path` on a line of its own stands for that file (`readIncludeLine`).
 * @param document the text that the lines were split from
 * @param kind what the headers say of the body; null when they cannot tell yet
 */
export function readBodyParts(lines: readonly Line[], document: string, kind: BodyKind | null): BodyReading {
  const tail = foreignTail(lines, kind);
  const body = withoutTrailingBlankLines(lines.slice(0, tail.start));
  const parts: BodyPart[] = [];
  const problems: Problem[] = [...tail.problems];
  let text: Line[] = [];
  let afterInclude: Line | null = null;
  const flush = (next: Line | null): void => {
    parts.push(...textPart(afterInclude, text, next, document));
    text = [];
  };
  for (const line of body) {
    if (line.text.startsWith("<")) addProblems(problems, laterInclude(line));
    const include = readIncludeLine(line);
    if (include === null) {
      text.push(line);
      continue;
    }
    flush(line);
    problems.push(...include.problems);
    parts.push({ kind: "file", path: include.path });
    afterInclude = line;
  }
  flush(null);
  addProblems(problems, partProblems(parts, kind));
  addProblems(problems, misplacedLines(lines, kind));
  return { parts, problems };
}

/** Lines that other tools put after a body, where nothing but such lines and blank ones follow. */
function foreignTail(
  lines: readonly Line[],
  kind: BodyKind | null,
): {
  readonly start: number;
  readonly problems: readonly Problem[];
} {
  let start = lines.length;
  let problems: Problem[] = [];
  let index = 0;
  const zone = zoneOfBody(kind);
  while (index < lines.length) {
    const foreign = foreignLinesAt(lines, index, zone);
    if (foreign !== null) {
      start = Math.min(start, index);
      problems.push(foreign.problem);
    } else if (!isAsideBehind(lines[index]?.text ?? "", start < index)) {
      start = lines.length;
      problems = [];
    }
    index = foreign?.end ?? index + 1;
  }
  return { start, problems };
}

/** Behind such lines comments and definitions are no body either; `###` was forgotten above the latter. */
function isAsideBehind(text: string, isBehind: boolean): boolean {
  return isBlankText(text) || (isBehind && (isComment(text) || isDefinition(text)));
}

function withoutTrailingBlankLines(lines: readonly Line[]): readonly Line[] {
  let end = lines.length;
  while (end > 0 && isBlankText(lines[end - 1]?.text ?? "")) end--;
  return lines.slice(0, end);
}

/** The text between two includes; the line end of an include's own line belongs to the text after it. */
function textPart(
  before: Line | null,
  lines: readonly Line[],
  next: Line | null,
  document: string,
): readonly BodyPart[] {
  const last = lines.at(-1) ?? (next === null ? undefined : before);
  const first = before ?? lines[0];
  if (first === undefined || last === undefined || last === null) return [];
  const start = before === null ? first.offset : first.offset + first.text.length;
  const end = next === null ? last.offset + last.text.length : next.offset;
  const range: TextRange = {
    start: { line: first.number, column: start - first.offset },
    end: next === null ? rangeIn(last).end : { line: next.number, column: 0 },
  };
  return start === end ? [] : [{ kind: "text", text: { text: document.slice(start, end), range } }];
}

/** A line that is a comment, or begins one of several lines. */
const commentLine = /(?:^|[\r\n])[ \t]*(?:#|\/\/|\/\*)/;

/** Comments may hold what they like: where they are not sent, no variable in them is looked at. */
function partProblems(parts: readonly BodyPart[], kind: BodyKind | null): readonly Problem[] {
  const written = parts.map((part) => (part.kind === "text" ? part.text : part.path));
  const surrogates = written.flatMap((span) => characterProblems(span, "The body", [surrogateFault]));
  // Without a comment all of it is sent, and a form alone says more.
  const isPlain = kind === null || (kind !== "form" && !written.some(({ text }) => commentLine.test(text)));
  if (isPlain) return [...written.flatMap(unclosedReferences), ...surrogates];
  const { pieces, problems } = arrangeBody(parts, kind);
  const sent = pieces.flatMap((piece) => (piece.kind === "file" ? [piece.path] : spansOf(piece.lines)));
  return [...problems, ...sent.flatMap(unclosedReferences), ...surrogates];
}

/** `E_BODY_LATER` for forms of body that would need more than their text: GraphQL. */
export function unsupportedBodyForms(headers: readonly HeaderLine[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { name, value } of headers) {
    const header = name.text.toLowerCase();
    if (header === "x-request-type" && value.text.toLowerCase() === "graphql") {
      const message =
        "GraphQL bodies are not supported yet; write the query as JSON (`query`, `variables`) and delete this header.";
      problems.push(errorAt(value.range, "E_BODY_LATER", message));
    }
  }
  return problems;
}
