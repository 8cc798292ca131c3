import { bodyCharset } from "./bodyCharset.ts";
import { controlCounter } from "./controls.ts";
import { decoderOf, utf8TextOf } from "./textDecoding.ts";

/** The bytes of an answer, read as text. */
export interface ReadText {
  readonly text: string;
  /** What it was read in, as people write it. */
  readonly charset: string;
  readonly encoding: string;
  /** Places that are no character of the charset; each is U+FFFD in the text. */
  readonly bad: number;
  /** False where the charset that is named is one that nobody here knows, and the bytes are no UTF-8. */
  readonly isKnown: boolean;
}

/**
 * Reads bytes by the charset of the body, by UTF-8 where they are that and not what is named. Never fails: whether the
 * outcome is text is for `isReadable` to tell.
 * @param contentType the header's value, or ""
 */
export function readText(bytes: Uint8Array, contentType: string): ReadText {
  const { name, encoding } = bodyCharset(bytes.subarray(0, 4096), contentType);
  if (encoding === null || encoding === "utf-8") return readUtf8(bytes, encoding !== null);
  const text = decoderOf(encoding)(bytes);
  const bad = marksIn(text);
  const other = bad === 0 ? null : utf8TextOf(bytes);
  if (other !== null && !other.includes("\0")) return asUtf8(other, 0, true);
  return { text, charset: name, encoding, bad, isKnown: true };
}

/**
 * Whether it is text and not a picture, an archive or numbers. Under a type that says it is text, or is silent, single
 * bad bytes are damage; under any other they and control characters are a sign that there was never any text.
 */
export function isReadable({ text, bad, isKnown }: ReadText, contentType: string): boolean {
  if (!isKnown || text.includes("\0")) return false;
  const controls = controlsIn(text);
  if (controls > Math.max(4, text.length / 100)) return false;
  if (bad === 0 || isTextual(contentType)) return true;
  const share = isSilent(contentType) ? 3 : 50;
  return controls === 0 && bad <= text.length / share;
}

/** Where the first place is that is no UTF-8, in bytes; null where all of it is. */
export function firstBadByte(bytes: Uint8Array, text: string): number | null {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let from = 0;
  for (let mark = text.indexOf("\ufffd"); mark !== -1; mark = text.indexOf("\ufffd", from)) {
    at += Buffer.byteLength(text.slice(from, mark));
    if (!isWrittenMark(bytes, at)) return at;
    at += 3;
    from = mark + 1;
  }
  return null;
}

function readUtf8(bytes: Uint8Array, isNamed: boolean): ReadText {
  const text = utf8TextOf(bytes);
  if (text !== null) return asUtf8(text, 0, true);
  const repaired = new TextDecoder().decode(bytes);
  return asUtf8(repaired, marksIn(repaired) - writtenMarksIn(bytes), isNamed);
}

function asUtf8(text: string, bad: number, isKnown: boolean): ReadText {
  return { text, charset: "UTF-8", encoding: "utf-8", bad, isKnown };
}

function marksIn(text: string): number {
  let marks = 0;
  for (let at = text.indexOf("\ufffd"); at !== -1; at = text.indexOf("\ufffd", at + 1)) marks += 1;
  return marks;
}

/** U+FFFD that came as such. */
function writtenMarksIn(bytes: Uint8Array): number {
  const [written, buffer] = ["\ufffd", Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
  let marks = 0;
  for (let at = buffer.indexOf(written); at !== -1; at = buffer.indexOf(written, at + 3)) marks += 1;
  return marks;
}

function isWrittenMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
}

/** Control characters that text has no use for: all but tabs, line ends, form feeds and what begins a colour. */
const controlsIn = controlCounter("\t\n\f\r\x1b");

function isTextual(contentType: string): boolean {
  return /^\s*(?:text\/|[^;]*(?:json|xml|javascript|ecmascript|yaml|graphql|csv|x-www-form-urlencoded))/i.test(
    contentType,
  );
}

function isSilent(contentType: string): boolean {
  return contentType.replace(/;.*$/s, "").trim() === "";
}
