import type { BodyStore } from "../stages.ts";
import { bodyPieces } from "../transport/bodyPieces.ts";
import type { BodyOutput } from "./bodyOutput.ts";

/** Makes of bytes what is shown of them: masked, harmless. */
export type Present = (bytes: Uint8Array) => BodyOutput;

/** How large a piece is, and how far around a cut is looked at: further than any secret is long. */
export interface PieceSizes {
  readonly piece: number;
  readonly reach: number;
}

const usual: PieceSizes = { piece: 8 * 1024 * 1024, reach: 64 * 1024 };

/** Pieces without a place to cut after which no more is shown. */
const mostUncut = 8;
const mostTries = 32;
const lineFeed = 0x0a;

/**
 * A body in pieces, each presented by itself; one that is smaller than a piece is presented whole. It is cut only where
 * both sides, presented apart, are what they are together, so that no secret lies across a cut.
 * @param unit how many bytes the shortest of its characters has
 */
export async function* presentedBody(
  body: BodyStore,
  present: Present,
  { piece, reach }: PieceSizes = usual,
  unit: 1 | 2 = 1,
): AsyncGenerator<BodyOutput, void> {
  let rest: Uint8Array = new Uint8Array();
  let left = body.size;
  for await (const bytes of bodyPieces(body, piece)) {
    left -= bytes.length;
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    if (left === 0) break;
    const cut = placeToCut(rest, present, reach, unit);
    if (cut === null && rest.length < mostUncut * piece) continue;
    if (cut === null) {
      yield { output: "", remark: notShown(rest.length + left) };
      return;
    }
    yield cut.shown;
    rest = rest.subarray(cut.at);
  }
  yield present(rest);
}

/**
 * Line ends first, else any beginning of a character; null where each place that was tried lies in a secret. What is near
 * is looked at first, as it decides most of the time; a value may begin further back than that.
 */
function placeToCut(
  bytes: Uint8Array,
  present: Present,
  reach: number,
  unit: 1 | 2,
): { readonly at: number; readonly shown: BodyOutput } | null {
  let at = bytes.length - reach;
  for (let tries = 0; tries < mostTries && at > reach; tries += 1) {
    const line = bytes.lastIndexOf(lineFeed, at - 1) + 1;
    const cut = beginOfCharacter(bytes, line > Math.max(reach, at - reach) ? line : at, unit);
    if (isClean(bytes, cut, present, reach, unit)) {
      const shown = leftOfCut(bytes, cut, present, reach, unit);
      if (shown !== null) return { at: cut, shown };
    }
    at = cut - 1;
  }
  return null;
}

function isClean(bytes: Uint8Array, cut: number, present: Present, reach: number, unit: 1 | 2): boolean {
  const from = beginOfCharacter(bytes, cut - reach, unit);
  const to = beginOfCharacter(bytes, cut + reach, unit);
  const shown = (start: number, end: number) => Buffer.from(present(bytes.subarray(start, end)).output);
  return shown(from, to).equals(Buffer.concat([shown(from, cut), shown(cut, to)]));
}

/**
 * What is left of a cut, presented together with what is near it on its right; null where that changes how the right is
 * presented by itself.
 */
function leftOfCut(
  bytes: Uint8Array,
  cut: number,
  present: Present,
  reach: number,
  unit: 1 | 2,
): BodyOutput | null {
  const to = beginOfCharacter(bytes, cut + reach, unit);
  const { output, remark } = present(bytes.subarray(0, to));
  const together = Buffer.from(output);
  const right = Buffer.from(present(bytes.subarray(cut, to)).output);
  const end = together.length - right.length;
  return end >= 0 && together.subarray(end).equals(right)
    ? { output: together.subarray(0, end), remark }
    : null;
}

/** The same place, or the begin of the UTF-8 character, or of the unit, that it lies in. */
function beginOfCharacter(bytes: Uint8Array, at: number, unit: 1 | 2): number {
  if (unit === 2) return at - (at % 2);
  for (let begin = at; begin > 0 && begin > at - 4; begin -= 1) {
    if (((bytes[begin] ?? 0) & 0xc0) !== 0x80) return begin;
  }
  return at;
}

function notShown(bytes: number): string {
  return `The rest of the body (${bytes} bytes) cannot be masked piece by piece and is not shown; --output FILE keeps it.`;
}
