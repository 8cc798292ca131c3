import { bodyCharset, charsetOf } from "./bodyCharset.ts";
import { controlCounter } from "./controls.ts";
import type { RedactingSteps, Redactor } from "./redactor.ts";
import { finish, type Steps } from "./steps.ts";
import { decoderOf, utf8TextOf } from "./textDecoding.ts";

/** Bytes as they may be shown. */
export interface RedactedBytes {
  /** The very bytes that came where nothing was masked; none where they were not searched. */
  readonly bytes: Uint8Array;
  readonly masked: boolean;
  /** False when a secret may be written in them in a way that cannot be searched: they are not shown then. */
  readonly searched: boolean;
}

/**
 * Masks secrets in bytes of any kind: UTF-8, UTF-16 with or without its mark, bytes that are no UTF-8, and the charset
 * that is named, in Content-Type or in the document. What is not masked stays byte for byte.
 * @param contentType the header's value, or ""
 */
export function redactBytes(bytes: Uint8Array, contentType: string, redactor: Redactor): RedactedBytes {
  return finish(redactBytesSteps(bytes, contentType, redactor));
}

/** The same in steps. */
export function* redactBytesSteps(
  bytes: Uint8Array,
  contentType: string,
  { steps }: Pick<Redactor, "steps">,
): Steps<RedactedBytes> {
  const text = markedTextOf(bytes);
  const charset = charsetOf(contentType);
  const { encoding } = bodyCharset(bytes.subarray(0, 4096), contentType);
  if (text !== null && !text.includes("\0") && isLikeAscii(charset === "" ? (encoding ?? "") : charset)) {
    const shown = yield* steps.text(text);
    return shown === text ? untouched(bytes) : masked(Buffer.from(shown));
  }
  const redacted = yield* redactedAsBytes(bytes, contentType, steps);
  if (!redacted.searched) return redacted;
  return (yield* holdsInCharset(redacted.bytes, encoding, steps)) ? unsearched : redacted;
}

/**
 * The same for bytes of which the text is searched beside them: without a look at what their charset makes of them.
 */
export function* redactedAsBytes(
  bytes: Uint8Array,
  contentType: string,
  steps: RedactingSteps,
): Steps<RedactedBytes> {
  const charset = charsetOf(contentType);
  const isWide = bytes.includes(0) || /^(?:utf-?16|ucs-2|unicode)/.test(charset);
  const wide = isWide ? yield* redactedWide(bytes, steps) : bytes;
  const narrow = yield* redactedNarrow(wide, steps);
  if (yield* isUnsearchable(narrow, charset, steps)) return unsearched;
  return narrow === bytes ? untouched(bytes) : masked(narrow);
}

const unsearched: RedactedBytes = { bytes: new Uint8Array(), masked: false, searched: false };

function untouched(bytes: Uint8Array): RedactedBytes {
  return { bytes, masked: false, searched: true };
}

function masked(bytes: Uint8Array): RedactedBytes {
  return { bytes, masked: true, searched: true };
}

/** With a mark at its beginning, which stays. */
function markedTextOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Charsets in which ASCII is ASCII and nothing else looks like it. */
function isLikeAscii(charset: string): boolean {
  return /^(?:utf-?8|us-ascii|ascii|iso-?8859-\d+|latin-?1|windows-125\d)$/.test(charset);
}

/**
 * UTF-16 of either byte order; what is ASCII in the one is that in the other a byte later, so that both find it in the
 * midst of other bytes, too. Read as units, not as characters: what is no text comes out as it went in.
 */
function* redactedWide(bytes: Uint8Array, steps: RedactingSteps): Steps<Uint8Array> {
  const little = yield* redactedUnits(bytes, steps);
  const big = swapped(little);
  const shown = yield* redactedUnits(big, steps);
  return shown === big ? little : swapped(shown);
}

function* redactedUnits(bytes: Uint8Array, steps: RedactingSteps): Steps<Uint8Array> {
  const end = bytes.length - (bytes.length % 2);
  const text = bufferOf(bytes.subarray(0, end)).toString("utf16le");
  const shown = yield* isBinary(text) ? steps.binary(text) : steps.text(text);
  return shown === text ? bytes : Buffer.concat([Buffer.from(shown, "utf16le"), bytes.subarray(end)]);
}

/** Each two bytes the other way round. */
function swapped(bytes: Uint8Array): Uint8Array {
  const turned = Buffer.from(bytes);
  turned.subarray(0, bytes.length - (bytes.length % 2)).swap16();
  return turned;
}

/** Byte for byte as Latin-1: what is ASCII is found whatever stands around it. */
function* redactedNarrow(bytes: Uint8Array, steps: RedactingSteps): Steps<Uint8Array> {
  const text = bufferOf(bytes)
    .toString("latin1")
    .replace(maskBytes, (mark) => utf8Text(mark));
  const shown = yield* isBinary(text) ? steps.binary(text) : steps.text(text);
  return shown === text ? bytes : maskedLatin1(shown);
}

/** The characters of masks as UTF-8, read as Latin-1: what was masked before stays as it is. */
const maskBytes = /\xe2\x80[\xa6\xb9\xba]/g;

function utf8Text(latin1: string): string {
  return Buffer.from(latin1, "latin1").toString("utf8");
}

/** Only the characters of masks lie beyond Latin-1; they are written in UTF-8. */
function maskedLatin1(text: string): Uint8Array {
  const pieces = text.split(/([^\0-\xff]+)/);
  return Buffer.concat(pieces.map((piece, index) => Buffer.from(piece, index % 2 === 1 ? "utf8" : "latin1")));
}

/** Whether there may be something that was not found: in UTF-32, behind NULs in other places, in an unknown charset. */
function* isUnsearchable(bytes: Uint8Array, charset: string, steps: RedactingSteps): Steps<boolean> {
  if (isUtf32(bytes)) return true;
  const withoutNuls = bytes.includes(0) ? bufferOf(bytes).toString("latin1").replaceAll("\0", "") : "";
  if (yield* steps.holdsKnown(withoutNuls)) return true;
  return isUnknown(bytes, charset);
}

/** Nobody here knows that charset; bytes that are UTF-8 were searched, whatever they are called. */
function isUnknown(bytes: Uint8Array, charset: string): boolean {
  if (charset === "" || bodyCharset(new Uint8Array(), `;charset=${charset}`).encoding !== null) return false;
  return utf8TextOf(bytes) === null || neverAscii.test(charset);
}

/** Charsets unknown to TextDecoder in which ASCII is written otherwise, or stands for something else. */
const neverAscii = /utf-?(?:7|32)|ucs-?4|ebcdic|^(?:ibm|cp)-?\d/;

/** Only known secrets are looked for: names and quotes are ASCII in every charset that is left. */
function* holdsInCharset(bytes: Uint8Array, encoding: string | null, steps: RedactingSteps): Steps<boolean> {
  if (encoding === null || encoding === "utf-8") return false;
  return yield* steps.holdsKnown(decoderOf(encoding)(bytes));
}

/** Four bytes a character, ASCII for the most part. */
function isUtf32(bytes: Uint8Array): boolean {
  const units = Math.floor(Math.min(bytes.length, 4096) / 4);
  let [little, big] = [0, 0];
  for (let unit = 0; unit < units; unit += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(4 * unit, 4 * unit + 4);
    if (b === 0 && c === 0 && d === 0 && isText(a)) little += 1;
    if (a === 0 && b === 0 && c === 0 && isText(d)) big += 1;
  }
  return units > 4 && Math.max(little, big) > units * 0.8;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}

/** Random bytes have one control character in ten; text has next to none. */
function isBinary(text: string): boolean {
  return controlsIn(text) > Math.max(4, text.length / 50);
}

const controlsIn = controlCounter("\t\n\r\x1b");

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
