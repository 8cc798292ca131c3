import { escapeAt, isLead, leadLength, spelledCharacter, spelledLength } from "./escapes.ts";
import { spellingsBeyondAscii } from "./spellings.ts";

/** A text to be found in any encoding, and what is put in its place. */
export interface Needle {
  readonly text: string;
  readonly mask: string;
}

/** One written form of a needle, taken apart into characters. */
export interface Form {
  /** Of two that are as long, the lower one is the one that counts. */
  readonly rank: number;
  readonly mask: string;
  readonly text: string;
  readonly codes: readonly number[];
}

/**
 * The needles as they are, as Latin-1, in base64 (at any alignment, both alphabets) and in hex. Each character of a form may
 * be percent-, JSON- or HTML-encoded by itself in a text, so that mixtures are found too.
 */
export function formsOf(needles: readonly Needle[]): readonly Form[] {
  return needles
    .flatMap(({ text, mask }) => writtenForms(text).map((form) => ({ mask, text: form })))
    .map((form, rank) => ({ ...form, rank, codes: codesOf(form.text) }));
}

/** Where the form ends if it begins at `start`, else -1. */
export function endOf({ codes }: Form, text: string, start: number): number {
  let at = start;
  for (const code of codes) {
    const length = lengthAt(text, at, code);
    if (length === 0) return -1;
    at += length;
  }
  return at;
}

/** How long the character is as it is written there; 0 where something else stands. */
function lengthAt(text: string, at: number, code: number): number {
  const unit = text.charCodeAt(at);
  // Encoded ways first: a `%` that begins `%25` is not the character itself.
  if (isLead(unit)) return escapedLength(text, at, unit, code);
  if (unit === code) return 1;
  if (code === 0x20 && unit === 0x2b) return 1;
  return code > 0xffff && text.codePointAt(at) === code ? 2 : 0;
}

function escapedLength(text: string, at: number, unit: number, code: number): number {
  if (code >= 0x80) {
    const spelling = spellingsBeyondAscii(code).find((one) => text.startsWith(one, at));
    return spelling?.length ?? 0;
  }
  const found = escapeAt(text, at);
  if (code === unit) return leadLength(found);
  return spelledCharacter(found) === code ? spelledLength(found) : 0;
}

function codesOf(text: string): readonly number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

/** The text itself, its bytes read as Latin-1, its base64 cores (at each alignment, both alphabets), its hex. */
function writtenForms(text: string): readonly string[] {
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  return [...new Set([text, bytes.toString("latin1"), ...base64Cores(bytes), hex, hex.toUpperCase()])];
}

/** The base64 characters that depend on the bytes alone, for each of the three places in a group at which they may begin. */
function base64Cores(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const core = padded.toString("base64").slice(first, Math.floor((padded.length * 8) / 6));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
