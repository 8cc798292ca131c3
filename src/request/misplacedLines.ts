import type { Problem } from "../stages.ts";
import { isComment } from "./directives.ts";
import { foreignLinesAt, isStatusLine, zoneOfBody } from "./foreignLines.ts";
import type { Line } from "./lines.ts";
import { endOfText, isBlankText, rangeIn, skipBlanks } from "./lines.ts";
import type { BodyKind } from "./mediaType.ts";
import { addProblems, errorAt, warningAt } from "./problem.ts";
import { blankOutsideReferences } from "./references.ts";

/** Methods that a request line in a body is recognised by, in any case. */
const method =
  /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|QUERY|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|SEARCH)[ \t]+/i;

/**
 * Lines of a body that look like the beginning of a block whose `###` was forgotten: a request line, or `@name = value`.
 * @param lines those behind a request's first empty line
 */
export function misplacedLines(lines: readonly Line[], kind: BodyKind | null): readonly Problem[] {
  // There request lines are what the body is made of.
  if (kind === "multipart" || kind === "http") return [];
  const problems: Problem[] = [];
  const end = endOfContent(lines);
  let place: Place = start;
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    const foreign = foreignLinesAt(lines, index, zoneOfBody(kind));
    index = foreign?.end ?? index + 1;
    if (line === undefined) break;
    // What stands behind another tool's script or reference is no body any more.
    if (foreign !== null) place = start;
    else {
      addProblems(problems, problemsAt(line, place, index > end));
      place = placeBehind(line.text, place);
    }
  }
  return problems;
}

/** Where a line stands in a body. */
interface Place {
  /** Nothing but request lines and comments stands above. */
  readonly isAlone: boolean;
  /** An empty line or nothing stands above. */
  readonly isBehindGap: boolean;
  /** A definition stands above, which has been told of. */
  readonly isBehindDefinition: boolean;
}

const start: Place = { isAlone: true, isBehindGap: true, isBehindDefinition: false };

/** The index after the last line that can be nothing but content. */
function endOfContent(lines: readonly Line[]): number {
  return (
    1 +
    lines.findLastIndex(
      ({ text }) => !isBlankText(text) && !isComment(text) && !isDefinition(text) && !isRequestLine(text),
    )
  );
}

/** @param isBehindContent whether nothing but comments, definitions and request lines follows */
function problemsAt(line: Line, place: Place, isBehindContent: boolean): readonly Problem[] {
  if (isRequestLine(line.text)) return [place.isAlone ? forgotten(line) : perhapsForgotten(line)];
  if (place.isBehindGap && isStatusLine(line.text)) return [response(line)];
  const isBegun = place.isBehindGap || isBehindContent;
  return isBegun && !place.isBehindDefinition && isDefinition(line.text) ? [definition(line)] : [];
}

function placeBehind(text: string, place: Place): Place {
  if (isBlankText(text)) return { ...place, isBehindGap: true };
  if (isComment(text)) return place;
  const isBehindDefinition = isDefinition(text);
  const isAlone = place.isAlone && (isBehindDefinition || isRequestLine(text));
  return { isAlone, isBehindGap: false, isBehindDefinition };
}

/** True for a method and, as the whole rest, an absolute URL or one that begins with a variable. */
export function isRequestLine(line: string): boolean {
  if (!line.includes("://") && !line.includes("{{")) return false;
  const text = line.trim();
  const word = method.exec(text)?.[0];
  if (word === undefined) return false;
  const version = /[ \t]HTTP\/\d(?:\.\d)?$/i.exec(text.slice(-10))?.[0].length ?? 0;
  const url = text.slice(word.length, text.length - version).trim();
  return /^(?:https?:\/\/[^/]|\{\{.*?\}\})/i.test(url) && blankOutsideReferences(url) < 0;
}

/** True for `@name = value`. */
export function isDefinition(text: string): boolean {
  return text.includes("@") && /^[ \t]*@[^\s={}$%][^\s={}]*[ \t]*=/.test(text);
}

function forgotten(line: Line): Problem {
  const message =
    "This request line stands in the body of the request above; put a line `###` above it to make it a request of its own.";
  return errorAt(wholeOf(line), "E_REQUEST_SEPARATOR", message);
}

function perhapsForgotten(line: Line): Problem {
  const message =
    "This line is sent as a part of the body above; put a line `###` above it if it is a request of its own.";
  return warningAt(wholeOf(line), "W_REQUEST_SEPARATOR", message);
}

function response(line: Line): Problem {
  const message =
    "This stored response is sent as a part of the body above; put a line `###` above it, or delete it, if it is none.";
  return warningAt(wholeOf(line), "W_REQUEST_SEPARATOR", message);
}

function definition(line: Line): Problem {
  const message =
    "This line is body here and defines no variable; put a line `###` above it, or move it above the request line.";
  return warningAt(wholeOf(line), "W_BODY_VARIABLE", message);
}

function wholeOf(line: Line): Problem["range"] {
  return rangeIn(line, skipBlanks(line.text, 0), endOfText(line.text, 0));
}
