import { markKinds } from "./nameMarks.ts";
import { kindOfName, type NameKind, valueOfKind } from "./secretNames.ts";
import type { Found, Pass } from "./sweep.ts";
import { deepStringEnd, isBlank, nestedStringEnd, stopsOf, stringEnd, wordValueEnd } from "./valueEnds.ts";

/** The longest name that is looked at. */
const longestName = 64;

/** Where a value is that stands behind a name. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Gives the value behind a name that ends there. */
type ValueOf = (text: string, end: number) => Place | null;

/** What stands before a name, and the characters that it has. */
interface NameForm {
  /** Null for anything that is no part of a name. */
  readonly lead: string | null;
  readonly hasColons: boolean;
}

/**
 * `"…name": "value"` in JSON, `\"…name\": \"value\"` in JSON inside JSON, and deeper. A list of header fields has its values
 * in brackets.
 */
const members: readonly Pass[] = [
  memberPass(/"\s{0,20}:\s{0,20}\[?\s{0,20}"/y, stringEnd),
  memberPass(/\\"\s{0,20}:\s{0,20}\[?\s{0,20}\\"/y, nestedStringEnd),
  memberPass(/\\{2,7}"\s{0,20}:\s{0,20}\[?\s{0,20}\\{2,7}"/y, deepStringEnd),
];

/** What hides members of JSON alone: what has that form is no accident, even among bytes that are no text. */
export function memberPasses(): readonly Pass[] {
  return members;
}

/**
 * What hides values by the names before them: members of JSON, elements of XML, parameters of queries and forms, header
 * lines. Whose they are makes no difference. For one text, as they remember where its tags end.
 */
export function namedPasses(): readonly Pass[] {
  return [
    ...members,
    behindName(markKinds.parameter, { lead: null, hasColons: false }, parameterValue),
    behindName(markKinds.element, { lead: "<", hasColons: true }, elementValue(createTagEnds())),
    behindName(markKinds.element, { lead: "<", hasColons: true }, cdataValue(createTagEnds())),
    headerLines,
  ];
}

function memberPass(between: RegExp, valueEnd: (text: string, start: number) => number): Pass {
  const first = between.source.startsWith('"') ? 0x22 : 0x5c;
  return behindName(markKinds.member, { lead: '"', hasColons: false }, (text, end) => {
    if (text.charCodeAt(end) !== first) return null;
    between.lastIndex = end;
    if (!between.test(text)) return null;
    const start = between.lastIndex;
    return { start, end: valueEnd(text, start) };
  });
}

const parameterStops = stopsOf("&\"'<>#\\");

function parameterValue(text: string, end: number): Place | null {
  if (text.charCodeAt(end) !== 0x3d) return null;
  const valueEnd = wordValueEnd(text, end + 1, parameterStops);
  return valueEnd === end + 1 ? null : { start: end + 1, end: valueEnd };
}

/** Gives the place behind the tag whose name ends there, or -1. */
type TagEnds = (text: string, end: number) => number;

/** The longest list of attributes. */
const longestAttributes = 200;

/** Each text is looked through once: places come in order. */
function createTagEnds(): TagEnds {
  let angle = -1;
  return (text, end) => {
    const unit = text.charCodeAt(end);
    if (unit === 0x3e) return end + 1;
    if (!isBlank(unit)) return -1;
    if (angle < end) angle = angleIn(text, end);
    const isOpening = text.charCodeAt(angle) === 0x3e && angle - end <= longestAttributes + 1;
    return isOpening ? angle + 1 : -1;
  };
}

function angleIn(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3c || unit === 0x3e) return at;
  }
  return text.length;
}

const cdata = "<![CDATA[";

function elementValue(tagEnd: TagEnds): ValueOf {
  return (text, end) => placeTo(text, tagEnd(text, end), "<");
}

function cdataValue(tagEnd: TagEnds): ValueOf {
  return (text, end) => {
    const start = tagEnd(text, end);
    if (start === -1 || !text.startsWith(cdata, start)) return null;
    return placeTo(text, start + cdata.length, "]]>");
  };
}

/** A value that has one character at least. */
function placeTo(text: string, start: number, stop: string): Place | null {
  if (start === -1 || start === text.length || text.startsWith(stop, start)) return null;
  const end = text.indexOf(stop, start);
  return { start, end: end === -1 ? text.length : end };
}

function behindName(kinds: number, { lead, hasColons }: NameForm, placeOf: ValueOf): Pass {
  return {
    kinds,
    find(text, start, end, from) {
      const place = start < from ? null : placeOf(text, end);
      if (place === null) return null;
      const begin = nameStart(text, start, hasColons);
      const isName = lead === null || (start - begin < longestName && text.charAt(begin - 1) === lead);
      const name = text.slice(begin, end);
      const kind = isName ? shownKind(name.slice(name.lastIndexOf(":") + 1)) : null;
      return isHidden(text, place.start)
        ? { end: place.end, valueStart: place.start, shown: null }
        : foundAt(text, place, kind);
    },
  };
}

/** Up to `longestName` characters before the end of a name. */
function nameStart(text: string, end: number, hasColons: boolean): number {
  const first = Math.max(0, end - longestName);
  let at = end;
  while (at > first && isNameUnit(text.charCodeAt(at - 1), hasColons)) at -= 1;
  return at;
}

function isNameUnit(unit: number, hasColons: boolean): boolean {
  const letter = unit | 0x20;
  if ((letter >= 0x61 && letter <= 0x7a) || (unit >= 0x30 && unit <= 0x39)) return true;
  return unit === 0x5f || unit === 0x2d || unit === 0x2e || (hasColons && unit === 0x3a);
}

function foundAt(text: string, { start, end }: Place, kind: ReturnType<typeof shownKind>): Found {
  const value = kind === null ? "" : text.slice(start, end);
  const shown = kind === null ? value : valueOfKind(kind, value);
  return { end, valueStart: start, shown: shown === value ? null : shown };
}

/** Hidden by its shape before, as far as its shape goes. */
function isHidden(text: string, at: number): boolean {
  return text.startsWith("‹secret›", at) || text.startsWith("‹token, ", at);
}

/** Authorization is known by its shape, wherever it stands. */
function shownKind(name: string): Exclude<NameKind, "authorization"> | null {
  const kind = kindOfName(name);
  return kind === "authorization" ? null : kind;
}

const headerLine = /(?:^|[\r\n])[ \t<>*]{0,4}([A-Za-z][\w-]{0,63})[ \t]{0,8}:[ \t]{0,8}([^\r\n]+)/y;

/** What stands before the colon of a header line, with the line end before it. */
const longestHead = 80;

const headerLines: Pass = {
  kinds: markKinds.colon,
  find(text, colon, _end, from) {
    const start = lineStart(text, colon);
    if (start < from) return null;
    headerLine.lastIndex = start;
    const [, name = "", value = ""] = headerLine.exec(text) ?? [];
    const end = headerLine.lastIndex;
    return name === "" ? null : foundAt(text, { start: end - value.length, end }, shownKind(name));
  },
};

/** The line end before a place or the begin of the text; -1 where it is too far away. */
function lineStart(text: string, colon: number): number {
  for (let at = colon - 1; at >= Math.max(0, colon - longestHead); at -= 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x0d) return at;
  }
  return colon <= longestHead ? 0 : -1;
}
