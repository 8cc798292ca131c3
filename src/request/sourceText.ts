import { UserError } from "../errors.ts";

/**
 * The text of a file that is written by hand: UTF-8, or UTF-16 where a byte order mark says so, as editors read it. What
 * is neither is refused: a replacement character would be signed and sent in place of what was meant.
 * @param file as it is shown
 * @throws UserError of that code, with the place of the first byte that is none
 */
export function sourceText(
  bytes: Uint8Array,
  file: string,
  code: "E_FILE_ENCODING" | "E_ENVIRONMENT_ENCODING",
): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (text: string, what: string): UserError => notText(code, `${file}:${placeAfter(text)}`, what);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return utf16(buffer, fail);
  if (buffer[0] === 0xfe && buffer[1] === 0xff) {
    return utf16(Buffer.from(buffer.subarray(0, buffer.length & ~1)).swap16(), fail, buffer.length % 2 === 1);
  }
  if (isUtf8(buffer)) return buffer.toString("utf8");
  const end = validLength(buffer);
  const byte = (buffer[end] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  throw fail(buffer.toString("utf8", 0, end), `the byte 0x${byte} is not UTF-8`);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function utf16(buffer: Buffer, fail: (text: string, what: string) => UserError, isCut = false): string {
  const text = buffer.toString("utf16le");
  if (isCut || buffer.length % 2 === 1) throw fail(text, "half a character of UTF-16 stands at the end");
  const broken = /\p{Surrogate}|\0/u.exec(text);
  if (broken !== null) throw fail(text.slice(0, broken.index), "this is no character of UTF-16");
  return text;
}

/** How many bytes from the beginning on are whole characters of UTF-8. */
function validLength(bytes: Buffer): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, characterStart(bytes, middle)))) good = middle;
    else bad = middle;
  }
  return characterStart(bytes, good);
}

/** The beginning of the character that may be cut at an offset. */
function characterStart(bytes: Buffer, offset: number): number {
  for (let back = 0; back < 4 && offset - back >= 0; back++) {
    const lead = bytes[offset - back] ?? 0;
    if ((lead & 0xc0) !== 0x80) return offset - back;
  }
  return offset;
}

/** Line and column of what comes behind a text, counted from 1; a byte order mark counts no column. */
function placeAfter(text: string): string {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  return `${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
}

function notText(code: string, place: string, what: string): UserError {
  return new UserError({
    code,
    phase: "file",
    message: `${place}: ${what}; the file is not read.`,
    hint: "Save the file as UTF-8 (in VS Code: Change File Encoding → Save with Encoding).",
  });
}
