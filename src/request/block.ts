import type { Directive, HeaderLine, Problem, RequestBlock, VariableDefinition } from "../stages.ts";
import { blockCommentLines } from "./blockComments.ts";
import { readBodyParts, unsupportedBodyForms } from "./bodyParts.ts";
import { byteSize } from "./byteSize.ts";
import { directiveProblems, isComment, isSetting, readDirective } from "./directives.ts";
import { foreignLinesAt } from "./foreignLines.ts";
import { readHeaderLine } from "./headerLine.ts";
import type { Line } from "./lines.ts";
import { endOfText, isBlankText, rangeIn } from "./lines.ts";
import { writtenKindOf } from "./mediaType.ts";
import { addProblems, errorAt } from "./problem.ts";
import { readRequestLine } from "./requestLine.ts";
import { readVariableDefinition } from "./variableDefinition.ts";

/** What a block between two separators turned out to be. */
export type BlockContent =
  | {
      readonly kind: "request";
      readonly request: Omit<RequestBlock, "title" | "range">;
      /** Directives of the file's first block that hold for the whole file: an empty line parts them from the request. */
      readonly ofFile: readonly Directive[];
      readonly problems: readonly Problem[];
    }
  /** Comments, directives and variables without a request line. */
  | {
      readonly kind: "loose";
      readonly directives: readonly Directive[];
      readonly variables: readonly VariableDefinition[];
      readonly problems: readonly Problem[];
    }
  /** A stored response: data, not looked at. */
  | { readonly kind: "response" };

/** What is gathered while the lines above the body are read. */
interface Draft {
  readonly directives: Directive[];
  readonly variables: VariableDefinition[];
  readonly problems: Problem[];
  readonly defined: ReadonlySet<string>;
  /** Indexes of the block's lines that stand in a comment of several lines. */
  readonly comments: ReadonlySet<number>;
}

/**
 * Reads the lines of one block, its separator left out.
 * @param document the text that the lines were split from
 * @param defined names of variables of the file that are names of directives too
 * @param isTop whether it is what stands above the first separator
 */
export function readBlock(
  lines: readonly Line[],
  document: string,
  {
    defined = new Set(),
    isTop = false,
  }: { readonly defined?: ReadonlySet<string>; readonly isTop?: boolean } = {},
): BlockContent {
  const comments = blockCommentLines(lines.map(({ text }) => text));
  const draft: Draft = { directives: [], variables: [], problems: [], defined, comments };
  const { end: first, parted } = readIntroduction(lines, draft);
  const line = lines[first];
  if (line === undefined) {
    addProblems(draft.problems, directiveProblems(draft.directives));
    const { directives, variables, problems } = draft;
    return { kind: "loose", directives, variables, problems };
  }
  if (/^HTTP\/\d(?:\.\d)?[ \t]+\d{3}(?:[ \t]|$)/.test(line.text)) return { kind: "response" };
  const head = readHead(lines, first + 1, draft);
  const requestLine = readRequestLine(line, head.continued);
  const body = readBodyParts(lines.slice(head.end), document, writtenKindOf(head.headers));
  const { variables } = draft;
  const isOfFile = (directive: Directive, index: number): boolean =>
    isTop && index < parted && isSetting(directive);
  const ofFile = draft.directives.filter(isOfFile);
  const directives = draft.directives.filter((directive, index) => !isOfFile(directive, index));
  return {
    kind: "request",
    ofFile,
    request: {
      name:
        directives.findLast(({ key, value }) => key.text === "name" && value.text !== "")?.value.text ?? null,
      directives,
      variables,
      method: requestLine.method,
      target: requestLine.target,
      headers: head.headers,
      body: body.parts,
    },
    problems: [
      ...draft.problems,
      ...directiveProblems(ofFile),
      ...directiveProblems(directives),
      ...requestLine.problems,
      ...body.problems,
      ...unsupportedBodyForms(head.headers),
    ],
  };
}

interface Introduction {
  /** Index of the request line; the number of lines when there is none. */
  readonly end: number;
  /** How many directives stand above the last empty line before it. */
  readonly parted: number;
}

/** Reads up to the request line. */
function readIntroduction(lines: readonly Line[], draft: Draft): Introduction {
  let index = 0;
  let parted = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    const foreign = draft.comments.has(index) ? null : foreignLinesAt(lines, index, "beforeRequest");
    if (foreign !== null) draft.problems.push(foreign.problem);
    else if (isBlankText(line.text)) parted = draft.directives.length;
    else if (!draft.comments.has(index) && !readAside(line, draft)) return { end: index, parted };
    index = foreign?.end ?? index + 1;
  }
  return { end: lines.length, parted };
}

interface Head {
  readonly continued: readonly Line[];
  readonly headers: readonly HeaderLine[];
  /** Index of the body's first line. */
  readonly end: number;
}

/** Reads query lines and headers, from the line after the request line to the first empty line. */
function readHead(lines: readonly Line[], start: number, draft: Draft): Head {
  const continued: Line[] = [];
  const headers: HeaderLine[] = [];
  let index = start;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined || (isBlankText(line.text) && !draft.comments.has(index))) break;
    if (draft.comments.has(index)) {
      index++;
      continue;
    }
    const foreign = foreignLinesAt(lines, index, "afterRequest");
    if (foreign !== null) draft.problems.push(foreign.problem);
    else if (headers.length === 0 && continuesUrl(line, lines[index - 1])) continued.push(line);
    else if (!readAside(line, draft)) headers.push(...readHeader(line, draft));
    index = foreign?.end ?? index + 1;
  }
  return { continued, headers, end: index + 1 };
}

/**
 * A line that begins with `?` or `&`, an indented one that begins with `/`, and an indented one below a line of the URL
 * that ends within its query, unless it is a header.
 */
function continuesUrl({ text }: Line, above: Line | undefined): boolean {
  if (/^[ \t]*[?&]/.test(text)) return true;
  if (!/^[ \t]/.test(text) || isComment(text)) return false;
  if (/^[ \t]+\//.test(text)) return true;
  const isOpen = /[?&=,][ \t]*$/.test(above?.text ?? "");
  return isOpen && !/^[ \t]*[\w-]+[ \t]*:[ \t]/.test(text);
}

function readHeader(line: Line, draft: Draft): readonly HeaderLine[] {
  const { header, problems } = readHeaderLine(line);
  draft.problems.push(...problems);
  return header === null ? [] : [header];
}

/** Takes a comment, a directive or a variable definition; false when the line is none of them. */
function readAside(line: Line, draft: Draft): boolean {
  if (isComment(line.text)) {
    const directive = readDirective(line, draft.defined);
    if (directive !== null) draft.directives.push(directive);
    return true;
  }
  if (!/^[ \t]*@/.test(line.text)) return false;
  const { definition, problems } = readVariableDefinition(line);
  if (definition !== null) draft.variables.push(definition);
  draft.problems.push(...problems);
  return true;
}

/** `E_LINE_SIZE` for every line longer than `limit` bytes. */
export function longLines(lines: readonly Line[], limit: number): readonly Problem[] {
  return lines
    .filter(({ text }) => text.length * 3 > limit && Buffer.byteLength(text) > limit)
    .map((line) =>
      errorAt(
        rangeIn(line, 0, endOfText(line.text, 0)),
        "E_LINE_SIZE",
        `This line is longer than ${byteSize(limit)}; put the text in a file of its own and include it with \`< path\`.`,
      ),
    );
}
