import type { Directive, Problem, RequestBlock, RequestFile, VariableDefinition } from "../stages.ts";
import type { BlockContent } from "./block.ts";
import { longLines, readBlock } from "./block.ts";
import { plainBlockCommentLines } from "./blockComments.ts";
import { byteSize } from "./byteSize.ts";
import { directiveRange, isOurDirective } from "./directives.ts";
import type { Line } from "./lines.ts";
import { rangeIn, splitLines, trimmedSpan } from "./lines.ts";
import { literalKeyProblems } from "./literalKeys.ts";
import { addProblems, byPlace, errorAt, hintAt, warningAt } from "./problem.ts";
import { sharedKeyProblems } from "./sharedKeys.ts";

/** In bytes of UTF-8. */
export interface TextLimits {
  readonly file: number;
  readonly line: number;
}

const usualLimits: TextLimits = { file: 5 * 1024 * 1024, line: 1024 * 1024 };

/**
 * Reads a request file. Never throws; takes time in proportion to the text. Every range lies inside the document;
 * a byte order mark counts no column, as in editors. Variables defined in blocks without a request hold for the
 * whole file, wherever they stand.
 */
export function parseRequestFile(text: string, limits: TextLimits = usualLimits): RequestFile {
  if (Buffer.byteLength(text) > limits.file) return tooLarge(limits.file);
  const document = text.startsWith("\ufeff") ? text.slice(1) : text;
  const lines = splitLines(document);
  const draft: Draft = { directives: [], spread: [], variables: [], requests: [], problems: [] };
  addProblems(draft.problems, longLines(lines, limits.line));
  const blocks = splitBlocks(lines);
  const contents = readBlocks(blocks, document);
  for (const [index, block] of blocks.entries()) {
    const content = contents[index];
    if (content !== undefined) addBlock(draft, block, content);
  }
  addProblems(draft.problems, duplicateNames(draft.requests));
  addProblems(draft.problems, spreadDirectives(draft));
  const { directives, variables, requests, problems } = draft;
  addProblems(problems, sharedKeyProblems({ preamble: { directives, variables }, requests }));
  addProblems(problems, literalKeyProblems({ preamble: { directives, variables }, requests }));
  if (requests.length === 0 && problems.length === 0) problems.push(noRequest(lines));
  return { preamble: { directives, variables }, requests, problems: problems.sort(byPlace) };
}

interface Draft {
  readonly directives: Directive[];
  /** Those of them that stand in the block of the first request. */
  readonly spread: Directive[];
  readonly variables: VariableDefinition[];
  readonly requests: RequestBlock[];
  readonly problems: Problem[];
}

function addBlock(draft: Draft, block: Block, content: BlockContent): void {
  if (content.kind === "response") return;
  addProblems(draft.problems, content.problems);
  if (content.kind === "request") {
    draft.requests.push({ title: block.title, range: block.range, ...content.request });
    for (const directive of content.ofFile) {
      draft.directives.push(directive);
      draft.spread.push(directive);
    }
    return;
  }
  for (const variable of content.variables) draft.variables.push(variable);
  const isPreamble = draft.requests.length === 0;
  const isUsed = ({ key }: Directive): boolean => isPreamble && key.text !== "name";
  for (const directive of content.directives) {
    if (isUsed(directive)) draft.directives.push(directive);
    else draft.problems.push(unusedDirective(directive));
  }
}

/** Twice where a variable has the name of a directive: only then can a directive be one that was commented out. */
function readBlocks(blocks: readonly Block[], document: string): readonly BlockContent[] {
  const read = (defined: ReadonlySet<string>) =>
    blocks.map(({ content, isTop }) => readBlock(content, document, { defined, isTop }));
  const contents = read(new Set());
  const defined = new Set(contents.flatMap(definedIn).filter(isOurDirective));
  return defined.size === 0 ? contents : read(defined);
}

function definedIn(content: BlockContent): readonly string[] {
  if (content.kind === "response") return [];
  const { variables } = content.kind === "request" ? content.request : content;
  return variables.map(({ name }) => name.text);
}

/** What the empty line below a directive does, where somebody may not have meant it: it holds for later requests too. */
function spreadDirectives({ spread, requests: [, ...later] }: Draft): readonly Problem[] {
  const last = new Map(spread.map((directive) => [directive.key.text, directive]));
  const isUnsaid = (key: string): boolean =>
    later.some(({ directives }) => directives.every((directive) => directive.key.text !== key));
  return [...last]
    .filter(([key]) => isUnsaid(key))
    .map(([key, directive]) => {
      const message = `@${key} holds for every request of this file that says no @${key} itself, because an empty line parts it from the request below; without that line it holds for that request alone.`;
      return hintAt(directiveRange(directive), "H_DIRECTIVE_OF_FILE", message);
    });
}

interface Block {
  /** What stands above the first separator. */
  readonly isTop: boolean;
  readonly title: string;
  readonly range: RequestBlock["range"];
  readonly content: readonly Line[];
}

/** Cuts at every line that begins with `###`, unless it stands in a comment. */
function splitBlocks(lines: readonly Line[]): readonly Block[] {
  const comments = plainBlockCommentLines(lines.map(({ text }) => text));
  const isSeparator = (line: Line): boolean => line.text.startsWith("###") && !comments.has(line.number);
  const starts = lines.filter((line) => line.number === 0 || isSeparator(line));
  return starts.map((line, index) => {
    const next = starts[index + 1];
    const last = lines.at(-1) ?? line;
    const separator = isSeparator(line);
    return {
      isTop: !separator,
      title: separator ? titleOf(line) : "",
      range: {
        start: { line: line.number, column: 0 },
        end: next === undefined ? rangeIn(last).end : { line: next.number, column: 0 },
      },
      content: lines.slice(line.number + (separator ? 1 : 0), next?.number),
    };
  });
}

function titleOf(line: Line): string {
  let start = 0;
  while (line.text[start] === "#") start++;
  return trimmedSpan(line, start).text;
}

function duplicateNames(requests: readonly RequestBlock[]): readonly Problem[] {
  const first = new Map<string, number>();
  const problems: Problem[] = [];
  for (const request of requests) {
    if (request.name === null) continue;
    const directive = request.directives.findLast(
      ({ key, value }) => key.text === "name" && value.text !== "",
    );
    const earlier = first.get(request.name);
    if (earlier === undefined) first.set(request.name, request.method.range.start.line);
    else if (directive !== undefined) {
      const message = `The request on line ${earlier + 1} is named ${request.name} as well; the name means this one, the later.`;
      problems.push(warningAt(directive.value.range, "W_NAME_TWICE", message));
    }
  }
  return problems;
}

function unusedDirective(directive: Directive): Problem {
  return warningAt(
    directiveRange(directive),
    "W_DIRECTIVE_UNUSED",
    `@${directive.key.text} holds for no request here; move it into a block with a request, or above the first one.`,
  );
}

function noRequest(lines: readonly Line[]): Problem {
  const place = rangeIn(lines.at(-1) ?? { number: 0, offset: 0, text: "", lineEnd: "" });
  return hintAt(
    { start: place.end, end: place.end },
    "H_NO_REQUEST",
    "There is no request here yet; write `GET https://example.com/path`.",
  );
}

function tooLarge(limit: number): RequestFile {
  const start = { line: 0, column: 0 };
  const message = `The file is larger than ${byteSize(limit)} and is not read; move large bodies to files of their own and include them with \`< path\`.`;
  return {
    preamble: { directives: [], variables: [] },
    requests: [],
    problems: [errorAt({ start, end: start }, "E_FILE_SIZE", message)],
  };
}
