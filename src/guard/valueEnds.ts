import { maskEnd } from "./masks.ts";

/** What `\s` stands for in an expression. */
export function isBlank(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return unit >= 0xa0 && blanks.has(unit);
}

const blanks: ReadonlySet<number> = new Set(
  [0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].concat(
    Array.from({ length: 11 }, (_, index) => 0x2000 + index),
  ),
);

/** Units of ASCII that end a value. */
export type Stops = Uint8Array;

/** @param stops characters of ASCII that end a value, as blanks do */
export function stopsOf(stops: string): Stops {
  const units = new Uint8Array(0x80);
  for (let unit = 0; unit < units.length; unit += 1) {
    if (isBlank(unit) || stops.includes(String.fromCharCode(unit))) units[unit] = 1;
  }
  return units;
}

/** Where a value ends that ends at a blank or a stop; masks belong to it, with the blanks in them. */
export function wordValueEnd(text: string, start: number, stops: Stops): number {
  for (let at = start; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80 ? stops[unit] === 1 : isBlank(unit)) return at;
    at = unit === 0x2039 ? Math.max(at + 1, maskEnd(text, at)) : at + 1;
  }
  return text.length;
}

const quote = 0x22;
const backslash = 0x5c;

/** Where the string ends that is a member's value, before its quotation mark. */
export function stringEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote) return at;
    if (unit !== backslash) continue;
    if (at + 1 === text.length) return at;
    at += 1;
  }
  return text.length;
}

/** The same in JSON inside a JSON string, before the backslash of its quotation mark. */
export function nestedStringEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote) return at;
    if (unit !== backslash) continue;
    const end = nestedEscapeEnd(text, at);
    if (end === -1) return at;
    at = end - 1;
  }
  return text.length;
}

/** Two backslashes, and a character or a quotation mark or backslash with one before it. */
function nestedEscapeEnd(text: string, at: number): number {
  if (text.charCodeAt(at + 1) !== backslash || at + 2 >= text.length) return -1;
  const third = text.charCodeAt(at + 2);
  if (third === quote) return -1;
  if (third !== backslash) return at + 3;
  const fourth = text.charCodeAt(at + 3);
  return fourth === quote || fourth === backslash ? at + 4 : -1;
}

/** The same deeper inside: any backslash ends it. */
export function deepStringEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote || unit === backslash) return at;
  }
  return text.length;
}

/** Where a header's value ends that stands in quotation marks, on its line. @param backslashes before its first mark */
export function quotedEnd(text: string, start: number, mark: string, backslashes: string): number {
  const unit = mark.charCodeAt(0);
  for (let at = start; at < text.length; at += 1) {
    const found = text.charCodeAt(at);
    if (found === unit || isLineEnd(found)) return at;
    if (found !== backslash) continue;
    const end = escapeEnd(text, at, mark === '"' ? backslashes.length : backslashes.length * 2);
    if (end === -1) return at;
    at = end - 1;
  }
  return text.length;
}

/** @param depth 0 for a string, 1 for a string in a string; deeper inside any backslash ends the value */
function escapeEnd(text: string, at: number, depth: number): number {
  if (depth === 1) return nestedEscapeEnd(text, at);
  return depth > 1 || at + 1 >= text.length || isLineEnd(text.charCodeAt(at + 1)) ? -1 : at + 2;
}

/** Where a list of JSON strings ends: before its bracket. */
export function listEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5d) return at;
    if (unit === quote) at = stringEnd(text, at + 1);
  }
  return text.length;
}

/** Where a value ends that stands in no quotation marks: before any, a backslash or the line's end. */
export function lineEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === quote || unit === 0x27 || unit === backslash || isLineEnd(unit)) return at;
  }
  return text.length;
}

function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}
