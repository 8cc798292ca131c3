import type { RequestFile } from "../stages.ts";
import { assembledFile } from "./assembledFile.ts";
import { holdsCommentMarks } from "./blockComments.ts";
import { type BlockReading, movedBlock, readBlockText } from "./blockReading.ts";
import { blockTexts, isSeparatorAt } from "./blockTexts.ts";
import { byteSize } from "./byteSize.ts";
import { errorAt } from "./problem.ts";

/** In bytes of UTF-8. */
export interface TextLimits {
  readonly file: number;
  readonly line: number;
}

const usualLimits: TextLimits = { file: 5 * 1024 * 1024, line: 1024 * 1024 };

/** The blocks of parsed files, so that another version of one can take over what did not change. */
const readings = new WeakMap<RequestFile, readonly BlockReading[]>();

/**
 * Reads a request file. Never throws; takes time in proportion to the text. Every range lies inside the document;
 * a byte order mark counts no column, as in editors. Variables defined in blocks without a request hold for the
 * whole file, wherever they stand.
 * @param before another version of it, read with the same limits: only blocks that differ are read anew
 */
export function parseRequestFile(
  text: string,
  limits: TextLimits = usualLimits,
  before: RequestFile | null = null,
): RequestFile {
  if (Buffer.byteLength(text) > limits.file) return tooLarge(limits.file);
  const document = text.startsWith("\ufeff") ? text.slice(1) : text;
  // Whether a separator parts anything hangs on marks that may stand far above it.
  const isRead = before !== null && !holdsCommentMarks(document);
  const known = (isRead ? readings.get(before) : undefined) ?? [];
  const blocks = readBlocks(document, known, limits.line);
  const file = assembledFile(blocks);
  readings.set(file, blocks);
  return file;
}

/** @param before the blocks of another version of the document; empty when there is none */
function readBlocks(
  document: string,
  before: readonly BlockReading[],
  limit: number,
): readonly BlockReading[] {
  const { head, start } = headOf(document, before);
  const { tail, end } = tailOf(document, before.slice(head.length), start);
  const isCovered = start === end && head.length + tail.length > 0;
  const between = isCovered ? [] : blockTexts(document.slice(start, end));
  const blocks = [...head];
  let line = lineBehind(head.at(-1));
  for (const [index, text] of between.entries()) {
    const isLast = tail.length === 0 && index === between.length - 1;
    const isTop = blocks.length === 0 && !text.startsWith("###");
    const block = readBlockText(before.length === 0 ? text : copied(text), { line, isTop, isLast }, limit);
    blocks.push(block);
    line += block.lineEnds;
  }
  for (const block of tail) {
    blocks.push(movedBlock(block, line));
    line += block.lineEnds;
  }
  return blocks;
}

/** The blocks that a document begins with, and where they end. */
function headOf(document: string, before: readonly BlockReading[]) {
  let count = 0;
  let start = 0;
  for (const { text, isLast } of before) {
    const end = start + text.length;
    const isWhole = isLast ? end === document.length : isSeparatorAt(document, end);
    if (!isWhole || !document.startsWith(text, start)) break;
    start = end;
    count += 1;
  }
  return { head: before.slice(0, count), start };
}

/** The blocks that a document ends with behind `from`, and where they begin. */
function tailOf(document: string, before: readonly BlockReading[], from: number) {
  let count = 0;
  let end = document.length;
  for (const { text, isTop } of before.toReversed()) {
    const start = end - text.length;
    if (isTop || start < from || !isSeparatorAt(document, start) || !document.endsWith(text, end)) break;
    end = start;
    count += 1;
  }
  return { tail: before.slice(before.length - count), end };
}

function lineBehind(block: BlockReading | undefined): number {
  return block === undefined ? 0 : block.line + block.lineEnds;
}

/** A piece of a text holds on to all of it: those of many versions would keep each of them. */
function copied(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
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
