import {
  type Escape,
  escapeAt,
  isBeyondAscii,
  isLead,
  leadLength,
  noEscape,
  spelledCharacter,
  spelledLength,
} from "./escapes.ts";
import { pairOf, pairTable, places, scanWindow } from "./pairScan.ts";
import type { Form } from "./secretForms.ts";

/** Forms by what they begin with. */
export interface FormIndex {
  /** What is looked at in a text: how a form begins or goes on, and where an escape may begin. */
  readonly pairs: Uint8Array;
  /** By the first two characters. */
  readonly byPair: ReadonlyMap<number, readonly Form[]>;
  /** Marks the lower bits of the first characters. */
  readonly firsts: Uint8Array;
  /** Marks the hashes of the first three characters. */
  readonly triples: Uint8Array;
  /** Forms with something beyond ASCII among their first characters: an escape of it is not read here. */
  readonly beyond: readonly Form[];
}

/** How far before an escape a form may begin that has it among its first three characters, in units. */
export const reach = 4;

/** Marks of the table of pairs. */
const begins = 1;
const continues = 2;
const escapes = 4;
const leadsNext = 8;

/** Makes the tables of some forms. */
export function indexOf(forms: readonly Form[]): FormIndex {
  const pairs = pairTable();
  const triples = pairTable();
  const firsts = new Uint8Array(256);
  const byPair = new Map<number, Form[]>();
  markLeads(pairs);
  for (const form of forms) {
    for (const [first, second, third] of beginningsOf(form.text)) {
      const key = pairOf(first, second);
      pairs[key] = (pairs[key] ?? 0) | begins;
      const next = pairOf(second, third);
      pairs[next] = (pairs[next] ?? 0) | continues;
      triples[tripleOf(first, second, third)] = 1;
      firsts[first & 0xff] = 1;
      const same = byPair.get(key);
      if (same === undefined) byPair.set(key, [form]);
      else if (same.at(-1) !== form) same.push(form);
    }
  }
  const beyond = forms.filter(({ text }) => /[^\0-\x7f]/.test(text.slice(0, 6)));
  return { pairs, byPair, firsts, triples, beyond };
}

/** By what follows on the leading character most of them can be told from those that only stand for themselves. */
const followers: readonly (readonly [lead: string, second: string])[] = [
  ["%", "0123456789abcdefABCDEF"],
  ["\\", "unrtbf\"/'\\"],
  ["&", "#algqspe"],
];

function markLeads(pairs: Uint8Array): void {
  const mark = (first: number, second: number, what: number) => {
    const pair = pairOf(first, second);
    pairs[pair] = (pairs[pair] ?? 0) | what;
  };
  for (const [lead, seconds] of followers) {
    const unit = lead.charCodeAt(0);
    for (let other = 0; other < 256; other += 1) mark(other, unit, leadsNext);
    for (const second of seconds) mark(unit, second.charCodeAt(0), escapes);
  }
}

/** The first three units; a form body writes a space as "+". */
function beginningsOf(text: string): readonly (readonly [number, number, number])[] {
  const waysOf = (at: number): readonly number[] => {
    const unit = text.charCodeAt(at);
    return unit === 0x20 ? [unit, 0x2b] : [unit];
  };
  return waysOf(0).flatMap((first) =>
    waysOf(1).flatMap((second) => waysOf(2).map((third) => [first, second, third] as const)),
  );
}

function tripleOf(first: number, second: number, third: number): number {
  return (((first & 0xff) * 1089) ^ ((second & 0xff) * 257) ^ ((third & 0xff) * 33)) & 0xffff;
}

/** Finds the places of a text at which a form may begin. */
export class FormSeeker {
  readonly #text: string;
  readonly #index: FormIndex;
  /** Nearly in order; some twice. */
  starts: number[] = [];
  /** The escape that was read last: each is looked at from more than one side. */
  #readAt = -1;
  #read: Escape = noEscape;

  constructor(text: string, index: FormIndex) {
    this.#text = text;
    this.#index = index;
  }

  /** Adds those of one window. */
  seek(window: number): void {
    for (
      let index = 0, count = scanWindow(this.#text, window, this.#index.pairs);
      index < count;
      index += 1
    ) {
      const place = places[index] as number;
      const at = window + (place >> 8);
      if ((place & continues) !== 0) this.#addRaw(at - 1);
      if ((place & begins) !== 0) this.#addRaw(at);
      if ((place & escapes) !== 0) this.#addEscaped(at);
      if ((place & leadsNext) !== 0) this.#addNext(at + 1);
    }
  }

  #addRaw(start: number): void {
    const text = this.#text;
    const triple = tripleOf(text.charCodeAt(start), text.charCodeAt(start + 1), text.charCodeAt(start + 2));
    if (start >= 0 && this.#index.triples[triple] === 1) this.starts.push(start);
  }

  /** A pair that was not looked at may begin an escape. */
  #addNext(lead: number): void {
    const pair = pairOf(this.#text.charCodeAt(lead), this.#text.charCodeAt(lead + 1));
    if (((this.#index.pairs[pair] as number) & escapes) !== 0) this.#addEscaped(lead);
  }

  /** Those that have an escape among their first three characters. */
  #addEscaped(lead: number): void {
    const unit = this.#text.charCodeAt(lead);
    const found = isLead(unit) ? this.#escapeAt(lead) : noEscape;
    // What only stands for itself is found among the pairs.
    if (found === noEscape) return;
    if (this.#isBeyond(found)) {
      for (let start = Math.max(0, lead - reach); start <= lead; start += 1) this.starts.push(start);
      return;
    }
    const before = lead === 0 ? -1 : this.#text.charCodeAt(lead - 1);
    if (lead > 1 && this.#isThird(lead, before, unit, found)) this.starts.push(lead - 2);
    if (this.#goesOn(before, lead)) this.starts.push(lead - 1);
    const isItself = this.#goesOn(unit, lead + leadLength(found));
    if (isItself || this.#goesOn(spelledCharacter(found), lead + spelledLength(found)))
      this.starts.push(lead);
  }

  /** Whether a form may begin with `first`, and with what is read at `at` as its second. */
  #goesOn(first: number, at: number): boolean {
    if (first < 0 || this.#index.firsts[first & 0xff] === 0) return false;
    const unit = this.#text.charCodeAt(at);
    if (this.#mayBegin(first, unit)) return true;
    if (!isLead(unit)) return false;
    const found = this.#escapeAt(at);
    const spelled = spelledCharacter(found);
    return (spelled >= 0 && this.#mayBegin(first, spelled)) || this.#isBeyond(found);
  }

  /** Whether a form may begin two units before an escape, with that as its third character. */
  #isThird(lead: number, second: number, unit: number, found: Escape): boolean {
    const first = this.#text.charCodeAt(lead - 2);
    if (!this.#mayBegin(first, second)) return false;
    const { triples } = this.#index;
    const spelled = spelledCharacter(found);
    return (
      triples[tripleOf(first, second, unit)] === 1 ||
      (spelled >= 0 && triples[tripleOf(first, second, spelled)] === 1)
    );
  }

  #mayBegin(first: number, second: number): boolean {
    return ((this.#index.pairs[pairOf(first, second)] as number) & begins) !== 0;
  }

  #isBeyond(found: Escape): boolean {
    return this.#index.beyond.length > 0 && isBeyondAscii(found);
  }

  #escapeAt(at: number): Escape {
    if (at !== this.#readAt) {
      this.#readAt = at;
      this.#read = escapeAt(this.#text, at);
    }
    return this.#read;
  }
}
