import type { BodyPart, HeaderLine, Problem, TextRange } from "../stages.ts";
import { characterProblems, surrogateFault } from "./characters.ts";
import { isComment } from "./directives.ts";
import { foreignLinesAt } from "./foreignLines.ts";
import { laterInclude, readIncludeLine } from "./includeLine.ts";
import type { Line } from "./lines.ts";
import { endOfText, isBlankText, rangeIn } from "./lines.ts";
import { addProblems, errorAt, warningAt } from "./problem.ts";
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
 */
export function readBodyParts(lines: readonly Line[], document: string): BodyReading {
  const tail = foreignTail(lines);
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
    problems.push(...laterInclude(line));
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
  addProblems(problems, partProblems(parts));
  addProblems(problems, commentsAsBody(body));
  return { parts, problems };
}

/** Lines that other tools put after a body, where nothing but such lines and blank ones follow. */
function foreignTail(lines: readonly Line[]): {
  readonly start: number;
  readonly problems: readonly Problem[];
} {
  let start = lines.length;
  let problems: Problem[] = [];
  let index = 0;
  while (index < lines.length) {
    const foreign = foreignLinesAt(lines, index, "afterRequest");
    if (foreign !== null) {
      start = Math.min(start, index);
      problems.push(foreign.problem);
    } else if (!isBlankText(lines[index]?.text ?? "")) {
      start = lines.length;
      problems = [];
    }
    index = foreign?.end ?? index + 1;
  }
  return { start, problems };
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

function partProblems(parts: readonly BodyPart[]): readonly Problem[] {
  return parts.flatMap((part) => {
    const span = part.kind === "text" ? part.text : part.path;
    return [...unclosedReferences(span), ...characterProblems(span, "The body", [surrogateFault])];
  });
}

function commentsAsBody(body: readonly Line[]): readonly Problem[] {
  const written = body.filter((line) => !isBlankText(line.text));
  const [first] = written;
  if (first === undefined || !written.every((line) => isComment(line.text))) return [];
  return [
    warningAt(
      rangeIn(first, 0, endOfText(first.text, 0)),
      "W_BODY_COMMENT",
      "This looks like a comment, but after the empty line it is body and is sent; move it above the request line or the headers.",
    ),
  ];
}

/** `E_BODY_LATER` for forms of body that would need more than their text: GraphQL, and multipart with files. */
export function unsupportedBodyForms(
  headers: readonly HeaderLine[],
  body: readonly BodyPart[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const hasFile = body.some((part) => part.kind === "file");
  for (const { name, value } of headers) {
    const header = name.text.toLowerCase();
    if (header === "x-request-type" && value.text.toLowerCase() === "graphql") {
      const message =
        "GraphQL bodies are not supported yet; write the query as JSON (`query`, `variables`) and delete this header.";
      problems.push(errorAt(value.range, "E_BODY_LATER", message));
    }
    if (header === "content-type" && /^multipart\//i.test(value.text) && hasFile) {
      const message = "Multipart bodies with files are not supported yet; put the whole body in one file.";
      problems.push(errorAt(value.range, "E_BODY_LATER", message));
    }
  }
  return problems;
}
