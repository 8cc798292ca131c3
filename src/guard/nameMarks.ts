import { pairOf, pairTable, places, scanWindow, windowEnd } from "./pairScan.ts";
import { accessKeyIdNames, isTextAt, nameAt, secretKeyNames, sessionTokenNames } from "./shapeNames.ts";
import type { Steps } from "./steps.ts";
import { isBlank } from "./valueEnds.ts";

/** What may be found at a place, from the word that begins there and what stands around it. */
export const markKinds = {
  /** The name of a member of JSON ends here, of a parameter, of an element. */
  member: 1,
  parameter: 2,
  element: 4,
  /** A name ends here behind which a value is secret by its shape alone. */
  secretKey: 8,
  sessionToken: 16,
  accessKeyId: 32,
  credential: 64,
  signature: 128,
  authorization: 256,
  keyId: 512,
  /** The colon of a header line whose name may say something of its value. */
  colon: 1024,
} as const;

/** The marked places of a text, in order. */
export interface Marks {
  readonly kinds: number[];
  readonly starts: number[];
  /** Where the word ends that begins there. */
  readonly ends: number[];
  /** All kinds that there are, added up. */
  present: number;
}

/** How far behind its beginning a mark depends on the text. */
export const markReach = 32;

interface Word {
  readonly text: string;
  /** Null for what may end a name. */
  readonly kind: number | null;
  /** Where in it the three characters are by which it is found: not the most frequent ones. */
  readonly from: number;
  readonly isExact?: true;
}

const { credential, signature, authorization, keyId, colon } = markKinds;

const words: readonly Word[] = [
  { text: "key", kind: null, from: 0 },
  { text: "token", kind: null, from: 1 },
  { text: "secret", kind: null, from: 1 },
  { text: "password", kind: null, from: 2 },
  { text: "passwd", kind: null, from: 2 },
  { text: "passphrase", kind: null, from: 2 },
  { text: "passcode", kind: null, from: 2 },
  { text: "cookie", kind: null, from: 2 },
  { text: "plaintext", kind: null, from: 1 },
  { text: "material", kind: null, from: 4 },
  { text: "mfa", kind: null, from: 0 },
  { text: "dpop", kind: null, from: 0 },
  { text: "credential=", kind: credential, from: 2 },
  { text: "signature=", kind: signature, from: 2 },
  { text: "authorization", kind: authorization, from: 7 },
  { text: "AKIA", kind: keyId, from: 1, isExact: true },
  { text: "ASIA", kind: keyId, from: 1, isExact: true },
];

/** A word that a pair may belong to, and how far into it the pair stands. */
interface WordPart {
  readonly word: Word;
  readonly offset: number;
}

interface WordIndex {
  readonly pairs: Uint8Array;
  /** By the mark of the pair; the first is of colons. */
  readonly parts: readonly (readonly WordPart[])[];
}

const colonMark = 1;
let made: WordIndex | null = null;

/** No marks. */
export function noMarks(): Marks {
  return { kinds: [], starts: [], ends: [], present: 0 };
}

/** All marks of a text. */
export function* marksOf(text: string): Steps<Marks> {
  const marks = noMarks();
  for (let at = 0; at < text.length; ) {
    at = addWindow(text, at, text.length, { from: 0, to: text.length }, marks);
    yield;
  }
  return marks;
}

/** Adds the marks that begin in a part of a text. */
export function addMarks(text: string, part: Part, marks: Marks): void {
  const stop = Math.min(text.length, part.to + markReach);
  for (let at = part.from; at < stop; ) at = addWindow(text, at, stop, part, marks);
}

/** From `from`, to before `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

function addWindow(text: string, window: number, stop: number, part: Part, marks: Marks): number {
  made ??= makeIndex();
  const { parts, pairs } = made;
  for (let index = 0, count = scanWindow(text, window, pairs, stop); index < count; index += 1) {
    const place = places[index] as number;
    const at = window + (place >> 8);
    const mark = place & 0xff;
    if (mark === colonMark) {
      addColon(text, at, part, marks);
      addColon(text, at + 1, part, marks);
    } else addWords(text, at, parts[mark] as readonly WordPart[], part, marks);
  }
  return windowEnd(window, stop);
}

function addColon(text: string, at: number, { from, to }: Part, marks: Marks): void {
  if (text.charCodeAt(at) !== 0x3a || at < from || at >= to || !endsSecretName(text, at)) return;
  addMark(marks, colon, at, at + 1);
}

function addWords(
  text: string,
  at: number,
  parts: readonly WordPart[],
  { from, to }: Part,
  marks: Marks,
): void {
  for (const { word, offset } of parts) {
    const start = at - offset;
    if (start < from || start >= to || !isWordAt(text, start, word)) continue;
    const end = wordEnd(text, start, word);
    const kinds = end === -1 ? 0 : kindsAt(text, start, end, word);
    if (kinds !== 0) addMark(marks, kinds, start, end);
  }
}

function makeIndex(): WordIndex {
  const pairs = pairTable();
  for (let other = 0; other < 256; other += 1) {
    if (isNameUnit(other) || other === 0x20 || other === 0x09) pairs[pairOf(other, 0x3a)] = colonMark;
    pairs[pairOf(0x3a, other)] = colonMark;
  }
  const parts: (readonly WordPart[])[] = [[], []];
  for (const [pair, found] of partsByPair()) {
    pairs[pair] = parts.length;
    parts.push(found);
  }
  return { pairs, parts };
}

function partsByPair(): ReadonlyMap<number, readonly WordPart[]> {
  const byPair = new Map<number, WordPart[]>();
  for (const { word, offset } of words.flatMap((one) => [
    { word: one, offset: one.from },
    { word: one, offset: one.from + 1 },
  ])) {
    const pairs = inCases(word, offset).flatMap((first) =>
      inCases(word, offset + 1).map((second) => pairOf(first, second)),
    );
    for (const pair of pairs) byPair.set(pair, [...(byPair.get(pair) ?? []), { word, offset }]);
  }
  return byPair;
}

function inCases({ text, isExact }: Word, at: number): readonly number[] {
  const unit = text.charCodeAt(at);
  return isExact === true || unit < 0x61 ? [unit] : [unit, unit - 0x20];
}

/** Adds a mark. They come nearly in order: what lies too far back is a word that overlaps this one. */
export function addMark(marks: Marks, kind: number, start: number, end: number): void {
  const { kinds, starts, ends } = marks;
  marks.present |= kind;
  kinds.push(kind);
  starts.push(start);
  ends.push(end);
  for (let at = starts.length - 1; at > 0 && (starts[at - 1] as number) > start; at -= 1) {
    for (const list of [kinds, starts, ends])
      list.splice(at - 1, 2, list[at] as number, list[at - 1] as number);
  }
}

function isWordAt(text: string, start: number, { text: word, isExact }: Word): boolean {
  return isExact === true ? text.startsWith(word, start) : isTextAt(text, start, word);
}

/** Where the word ends, with what belongs to it as an ending of names; -1 where it is none. */
function wordEnd(text: string, start: number, { text: word }: Word): number {
  const end = start + word.length;
  switch (word) {
    case "key":
      return keyEnd(text, end);
    case "cookie":
      return text.charCodeAt(end) === 0x32 ? end + 1 : end;
    case "secret":
      return secretEnd(text, end);
    default:
      return end;
  }
}

/** What may be found at a word; 0 for nothing. */
function kindsAt(text: string, start: number, end: number, { text: word, kind }: Word): number {
  if (kind !== null) return isWordUnit(text.charCodeAt(start - 1)) ? 0 : kind;
  const next = text.charCodeAt(end);
  const named = word === "key" || word === "token" ? shapeKinds(text, start, end, next) : 0;
  switch (next) {
    case 0x22:
    case 0x5c:
      return named | markKinds.member;
    case 0x3d:
      return named | markKinds.parameter;
    default:
      return next === 0x3e || isBlank(next) ? named | markKinds.element : named;
  }
}

/** What stands before `key` and `token` in those names, in lower case. */
const beforeWords: ReadonlySet<number> = new Set(
  Array.from("stn_-", (letter) => letter.charCodeAt(0) | 0x20),
);

/** Of names that end with `key` or `token`. */
function shapeKinds(text: string, start: number, end: number, next: number): number {
  if (!isBetween(next) || !beforeWords.has(text.charCodeAt(start - 1) | 0x20)) return 0;
  if (nameAt(text, start, end, secretKeyNames) !== null) return markKinds.secretKey;
  if (nameAt(text, start, end, accessKeyIdNames) !== null) return markKinds.accessKeyId;
  return nameAt(text, start, end, sessionTokenNames) !== null ? markKinds.sessionToken : 0;
}

/** `key`, `keypem`, `key_pem`, `keyid`, `key-id`. */
function keyEnd(text: string, end: number): number {
  if (!isWordUnit(text.charCodeAt(end)) && text.charCodeAt(end) !== 0x2d) return end;
  const from = isHyphen(text.charCodeAt(end)) ? end + 1 : end;
  if (isTextAt(text, from, "pem")) return from + 3;
  return isTextAt(text, from, "id") ? from + 2 : end;
}

/** Letters that may follow on `secret`. */
const longestRest = 10;

function secretEnd(text: string, end: number): number {
  let run = end;
  for (let unit = text.charCodeAt(run); isLetter(unit) || unit === 0x5f; unit = text.charCodeAt(run)) {
    run += 1;
    if (run - end > longestRest) return -1;
  }
  return run;
}

/** What may part a name from its value: the end of a string or a tag, a separator, a blank. */
function isBetween(unit: number): boolean {
  if (unit === 0x22 || unit === 0x5c || unit === 0x3d || unit === 0x3e) return true;
  return unit === 0x27 || unit === 0x3a || unit === 0x26 || isBlank(unit);
}

/** The last two letters that names of header fields have which say something of their values. */
const lastLetters: ReadonlySet<number> = new Set(
  ["on", "ie", "e2", "id", "en", "xt", "al", "wd", "rd", "fa", "op", "se", "de", "et", "ey", "ng", "ry", "sh"]
    .concat(["ck", "ue", "em"])
    .map((letters) => pairOf(letters.charCodeAt(0), letters.charCodeAt(1))),
);

/** Whether the name before a colon, without hyphens, may be one that `kindOfName` knows. */
function endsSecretName(text: string, at: number): boolean {
  let place = at - 1;
  for (let unit = text.charCodeAt(place); unit === 0x20 || unit === 0x09; unit = text.charCodeAt(place)) {
    if (at - place > 8) return false;
    place -= 1;
  }
  while (isHyphen(text.charCodeAt(place)) && at - place < longestName) place -= 1;
  const last = text.charCodeAt(place);
  if (!isNameUnit(last)) return false;
  place -= 1;
  while (isHyphen(text.charCodeAt(place)) && at - place < longestName) place -= 1;
  return lastLetters.has(pairOf(text.charCodeAt(place) | 0x20, last | 0x20));
}

const longestName = 80;

function isNameUnit(unit: number): boolean {
  return isLetter(unit) || (unit >= 0x30 && unit <= 0x39) || isHyphen(unit);
}

/** What is no border of a word. */
function isWordUnit(unit: number): boolean {
  return isLetter(unit) || (unit >= 0x30 && unit <= 0x39) || unit === 0x5f;
}

function isHyphen(unit: number): boolean {
  return unit === 0x2d || unit === 0x5f;
}

function isLetter(unit: number): boolean {
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}
