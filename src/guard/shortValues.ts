import { pairOf, pairTable, places, scanWindow, windowEnd } from "./pairScan.ts";
import { shortest } from "./privateTexts.ts";
import type { Steps } from "./steps.ts";

/** What may stand before a value that stands alone. */
const leads = '">=/: \t';

/** Marks of the table of pairs: what may precede a form and how it begins; how it goes on. */
const begins = 1;
const continues = 2;

/**
 * Hides short private values where they are the whole of something: a header's value, a query's, a JSON string, an XML
 * text; from four characters on a segment of a path as well.
 */
export function shortValues(values: readonly string[], mask: string): (text: string) => Steps<string> {
  const short = [...new Set(values)].filter((value) => value !== "" && value.length < shortest);
  const forms = [
    ...new Set(short.flatMap((value) => [value, encodeURIComponent(Buffer.from(value).toString())])),
  ].sort((one, other) => other.length - one.length);
  // One that holds what may precede another may be in its way: then each place counts.
  const isSimple = !forms.some((form) => Array.from(leads).some((lead) => form.includes(lead)));
  const found = isSimple ? placesBehindLeads(forms) : placesAnywhere(forms);
  return (text) => hideAlone(text, forms.length === 0 ? nowhere : found, mask);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Gives places at which a form stands, in order and apart from one another. Undefined is a place to leave off. */
type Places = (text: string) => Generator<Place | undefined, void, void>;

function* hideAlone(text: string, placesIn: Places, mask: string): Steps<string> {
  const pieces: string[] = [];
  let copied = 0;
  for (const place of placesIn(text)) {
    if (place === undefined) yield;
    else if (standsAlone(text, place.start, place.end)) {
      pieces.push(text.slice(copied, place.start), mask);
      copied = place.end;
    }
  }
  return pieces.length === 0 ? text : pieces.join("") + text.slice(copied);
}

/** Places that are looked at in one step. */
const placesAStep = 256;

function placesAnywhere(forms: readonly string[]): Places {
  const pattern = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|");
  const found = new RegExp(pattern, "g");
  return function* (text) {
    let looked = 0;
    for (const { 0: form, index } of text.matchAll(found)) {
      looked += 1;
      if (looked % placesAStep === 0) yield;
      yield { start: index, end: index + form.length };
    }
  };
}

function* nowhere(): ReturnType<Places> {
  // There is nothing to look for.
  yield undefined;
}

/** Only those at which one may stand alone. */
function placesBehindLeads(forms: readonly string[]): Places {
  const table = tableOf(forms);
  return function* (text) {
    if (forms.includes(text)) yield { start: 0, end: text.length };
    else yield* behindLeads(text, table, forms);
  };
}

function* behindLeads(text: string, table: Uint8Array, forms: readonly string[]): ReturnType<Places> {
  let passed = 1;
  for (let at = 0; at < text.length; at = windowEnd(at, text.length)) {
    for (const start of startsIn(text, at, table)) {
      if (start < passed || !leads.includes(text.charAt(start - 1))) continue;
      const end = endAt(text, start, forms);
      if (end === -1) continue;
      passed = end;
      yield { start, end };
    }
    yield;
  }
}

function startsIn(text: string, window: number, table: Uint8Array): readonly number[] {
  const starts: number[] = [];
  for (let index = 0, count = scanWindow(text, window, table); index < count; index += 1) {
    const place = places[index] as number;
    const at = window + (place >> 8);
    if ((place & continues) !== 0) starts.push(at);
    if ((place & begins) !== 0) starts.push(at + 1);
  }
  return starts;
}

/** The longest comes first. */
function endAt(text: string, start: number, forms: readonly string[]): number {
  const form = forms.find((one) => text.startsWith(one, start));
  return form === undefined ? -1 : start + form.length;
}

function tableOf(forms: readonly string[]): Uint8Array {
  const table = pairTable();
  const mark = (first: number, second: number, what: number) => {
    const pair = pairOf(first, second);
    table[pair] = (table[pair] ?? 0) | what;
  };
  for (const form of forms) {
    for (const lead of leads) mark(lead.charCodeAt(0), form.charCodeAt(0), begins);
    if (form.length > 1) mark(form.charCodeAt(0), form.charCodeAt(1), continues);
    else for (let next = 0; next < 256; next += 1) mark(form.charCodeAt(0), next, continues);
  }
  return table;
}

function standsAlone(text: string, start: number, end: number): boolean {
  if (start === 0 && end === text.length) return true;
  const [before, after] = [text.charAt(start - 1), text.charAt(end)];
  switch (before) {
    case '"':
      return after === '"' && !/^\s{0,8}:/.test(text.slice(end + 1, end + 10));
    case "\\":
      return false;
    case ">":
      return after === "<";
    case "=":
      return (
        isEnd(after, "&") &&
        /(?:^|[?&\s])[^=&#\s"<>]{1,100}=$/.test(text.slice(Math.max(0, start - 103), start))
      );
    case "/":
      return end - start >= 4 && isEnd(after, "/");
    default:
      return (
        /[: \t]/.test(before) &&
        /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 10)) &&
        /(?:^|[\r\n])[ \t<>*]{0,4}[\w-]{1,100}:[ \t]{0,8}$/.test(text.slice(Math.max(0, start - 120), start))
      );
  }
}

function isEnd(after: string, separator: string): boolean {
  return after === "" || after === separator || /[?#&\s"'<>\\]/.test(after);
}
