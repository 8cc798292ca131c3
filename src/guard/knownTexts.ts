import { escapeAt, isLead, leadLength, spelledCharacter, spelledLength } from "./escapes.ts";
import { type FormIndex, FormSeeker, indexOf, reach } from "./formIndex.ts";
import { maskEnd } from "./masks.ts";
import { pairOf, windowEnd } from "./pairScan.ts";
import { endOf, type Form, formsOf, type Needle } from "./secretForms.ts";
import type { Steps } from "./steps.ts";

/** Finds the known texts, each in every way that it may be written. */
export interface KnownTexts {
  /** The text with a mask for each, the longest of those that begin at a place. */
  hide(text: string): Steps<string>;
  /** Whether there is one. */
  isIn(text: string): Steps<boolean>;
}

/** A known text that was found, or a mask, which is passed over: then `mask` is null. */
interface Match {
  readonly start: number;
  readonly end: number;
  readonly mask: string | null;
}

/** "‹" begins every mask that stands for a whole value. */
const maskLead = 0x2039;

/** Makes what finds the needles; the tables are made when the first text comes. */
export function knownTexts(needles: readonly Needle[]): KnownTexts {
  let index: FormIndex | null = null;
  const matches = (text: string): Generator<Match | undefined, void, void> => {
    index ??= indexOf(formsOf(needles));
    return matchesIn(text, index);
  };
  return {
    *hide(text) {
      if (needles.length === 0) return text;
      const pieces: string[] = [];
      let copied = 0;
      for (const match of matches(text)) {
        if (match === undefined) yield;
        else if (match.mask !== null) {
          pieces.push(text.slice(copied, match.start), match.mask);
          copied = match.end;
        }
      }
      return pieces.length === 0 ? text : pieces.join("") + text.slice(copied);
    },
    *isIn(text) {
      if (needles.length === 0) return false;
      for (const match of matches(text)) {
        if (match === undefined) yield;
        else if (match.mask !== null) return true;
      }
      return false;
    },
  };
}

/** The matches in order, none of which overlaps another. Undefined is a place to leave off. */
function* matchesIn(text: string, index: FormIndex): Generator<Match | undefined, void, void> {
  const seeker = new FormSeeker(text, index);
  const addMasks = maskSeeker(text, seeker);
  let passed = 0;
  for (let at = 0; at < text.length; ) {
    seeker.seek(at);
    at = windowEnd(at, text.length);
    addMasks(at);
    const limit = at < text.length ? at - reach : at;
    const found = inOrder(seeker.starts);
    seeker.starts = found.filter((start) => start >= limit);
    for (const start of found) {
      if (start < passed) continue;
      if (start >= limit) break;
      const match = matchAt(text, start, index);
      passed = match?.end ?? start + 1;
      if (match !== null) yield match;
    }
    yield;
  }
}

/** Adds the places before a limit at which a mask begins. */
function maskSeeker(text: string, seeker: FormSeeker): (limit: number) => void {
  let mask = text.indexOf("‹");
  return (limit) => {
    for (; mask !== -1 && mask < limit; mask = text.indexOf("‹", mask + 1)) {
      if (maskEnd(text, mask) !== -1) seeker.starts.push(mask);
    }
  };
}

/** They come nearly in order, most of the time in order. */
function inOrder(places: number[]): readonly number[] {
  for (let index = 1; index < places.length; index += 1) {
    if ((places[index] as number) < (places[index - 1] as number)) return places.sort((a, b) => a - b);
  }
  return places;
}

/** The longest form that begins there, of two alike the first; else the mask that does. */
function matchAt(text: string, start: number, { byPair, beyond, firsts }: FormIndex): Match | null {
  let best = longest(beyond, text, start, null);
  for (let way = 0; way < 2; way += 1) {
    const first = readingAt(text, start, way);
    if (first < 0 || firsts[first & 0xff] === 0) continue;
    const next = start + lengthOf(first);
    for (let other = 0; other < 2; other += 1) {
      const second = readingAt(text, next, other);
      const forms = second < 0 ? undefined : byPair.get(pairOf(first, second));
      if (forms !== undefined) best = longest(forms, text, start, best);
    }
  }
  if (best !== null) return { start, end: best.end, mask: best.form.mask };
  const end = text.charCodeAt(start) === maskLead ? maskEnd(text, start) : -1;
  return end === -1 ? null : { start, end, mask: null };
}

/**
 * What a place may be read as, the lower 16 bits a unit and the upper ones its length as it is written; -1 for nothing.
 * @param way 0 for itself, 1 for what is spelled there
 */
function readingAt(text: string, at: number, way: number): number {
  const unit = text.charCodeAt(at);
  if (!isLead(unit)) return way === 0 ? unit | (1 << 16) : -1;
  const found = escapeAt(text, at);
  if (way === 0) return unit | (leadLength(found) << 16);
  return spelledLength(found) === 0 ? -1 : spelledCharacter(found) | (spelledLength(found) << 16);
}

function lengthOf(reading: number): number {
  return reading >> 16;
}

interface Reached {
  readonly form: Form;
  readonly end: number;
}

function longest(
  forms: readonly Form[],
  text: string,
  start: number,
  before: Reached | null,
): Reached | null {
  let best = before;
  for (const form of forms) {
    const end = endOf(form, text, start);
    if (end === -1 || (best !== null && end < best.end)) continue;
    if (best === null || end > best.end || form.rank < best.form.rank) best = { form, end };
  }
  return best;
}
