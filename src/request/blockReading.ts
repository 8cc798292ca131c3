import type { Problem, RequestBlock, TextRange } from "../stages.ts";
import { type BlockContent, longLines, readBlock } from "./block.ts";
import { isOurDirective } from "./directives.ts";
import { type Line, splitLines, trimmedSpan } from "./lines.ts";
import { movedContent, movedProblems, movedRange } from "./movedContent.ts";

/** A block of a file as it was read: everything that its own text decides. */
export interface BlockReading {
  readonly text: string;
  /** Zero-based line that it begins on. */
  readonly line: number;
  /** How many line ends it holds. */
  readonly lineEnds: number;
  /** What stands above the first separator. */
  readonly isTop: boolean;
  readonly isLast: boolean;
  readonly title: string;
  readonly range: TextRange;
  /** Lines that are too long. */
  readonly long: readonly Problem[];
  /** As it reads where the file defines no variable that has the name of a directive. */
  readonly contents: BlockContents;
  /** Variables of it that have the name of a directive. */
  readonly defines: readonly string[];
}

/** What stands in a block. */
export interface BlockContents {
  readonly content: BlockContent;
  /** Null when it is no request. */
  readonly request: RequestBlock | null;
}

/** Where a block stands in its file. */
export type BlockPlace = Pick<BlockReading, "line" | "isTop" | "isLast">;

/** @param limit most bytes of a line */
export function readBlockText(text: string, place: BlockPlace, limit: number): BlockReading {
  const { line, isTop, isLast } = place;
  const { lines, own } = linesOf(text, place);
  const [first] = own;
  const end = own.at(-1);
  const title = isTop || first === undefined ? "" : titleOf(first);
  const range = {
    start: { line, column: 0 },
    end: isLast
      ? { line: end?.number ?? line, column: end?.text.length ?? 0 }
      : { line: line + lines.length - 1, column: 0 },
  };
  const content = readBlock(isTop ? own : own.slice(1), text, { isTop });
  return {
    text,
    line,
    lineEnds: lines.length - 1,
    isTop,
    isLast,
    title,
    range,
    long: longLines(own, limit),
    contents: contentsOf(content, { title, range }),
    defines: definedIn(content).filter(isOurDirective),
  };
}

interface ReadAgain extends BlockContents {
  readonly names: string;
}

const readAgain = new WeakMap<BlockReading, ReadAgain>();

/** What stands in it where the file defines variables of these names, which are names of directives. */
export function contentsWith(block: BlockReading, defined: ReadonlySet<string>): BlockContents {
  if (defined.size === 0) return block.contents;
  const names = [...defined].sort().join(" ");
  const known = readAgain.get(block);
  if (known?.names === names) return known;
  const { own } = linesOf(block.text, block);
  const { isTop } = block;
  const content = readBlock(isTop ? own : own.slice(1), block.text, { defined, isTop });
  const read = { ...contentsOf(content, block), names };
  readAgain.set(block, read);
  return read;
}

function contentsOf(
  content: BlockContent,
  { title, range }: Pick<BlockReading, "title" | "range">,
): BlockContents {
  return { content, request: content.kind === "request" ? { title, range, ...content.request } : null };
}

/** The same block where it begins on another line. */
export function movedBlock(block: BlockReading, line: number): BlockReading {
  const by = line - block.line;
  if (by === 0) return block;
  const range = movedRange(block.range, by);
  return {
    ...block,
    line,
    range,
    long: movedProblems(block.long, by),
    contents: contentsOf(movedContent(block.contents.content, by), { title: block.title, range }),
  };
}

/** What stands behind the last line end of any block but the last is the next block's. */
function linesOf(text: string, { line, isLast }: BlockPlace) {
  const lines = splitLines(text, line);
  return { lines, own: isLast ? lines : lines.slice(0, -1) };
}

function definedIn(content: BlockContent): readonly string[] {
  if (content.kind === "response") return [];
  const { variables } = content.kind === "request" ? content.request : content;
  return variables.map(({ name }) => name.text);
}

function titleOf(line: Line): string {
  let start = 0;
  while (line.text[start] === "#") start++;
  return trimmedSpan(line, start).text;
}
