/** The charset in which the bytes of an answer are read first. */
export interface BodyCharset {
  /** As people write it: `UTF-8`, `ISO-8859-1`. */
  readonly name: string;
  /** The name that a TextDecoder has for it; null for a charset that nobody here knows. */
  readonly encoding: string | null;
}

const utf8: BodyCharset = { name: "UTF-8", encoding: "utf-8" };

/** How far into a document its own statement of its charset is looked for, as browsers do. */
const statementReach = 1024;

/**
 * The charset of a body: what its mark says, else the Content-Type, else the document itself (two bytes a character, the
 * declaration of XML, the `meta` of HTML), else UTF-8.
 * @param head the first bytes, at least 1024 where there are so many
 */
export function bodyCharset(head: Uint8Array, contentType: string): BodyCharset {
  const marked = byMark(head);
  if (marked !== null) return marked;
  const named = charsetOf(contentType);
  if (named === "") return byDocument(head) ?? utf8;
  const charset = known(named);
  // Text of one byte a character that is called UTF-16 makes Chinese characters of English.
  return isWide(charset.encoding) && isNarrowText(head) ? utf8 : charset;
}

/** The charset that a Content-Type names, in lower case; "" when it names none. */
export function charsetOf(contentType: string): string {
  return /;\s*charset\s*=\s*["']?([^\s;"',]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? "";
}

/** The Content-Type with the charset of the body, so that a piece of it is read as the whole is. */
export function statedType(head: Uint8Array, contentType: string): string {
  const { name } = bodyCharset(head, contentType);
  return `${contentType.replace(/;.*$/s, "").trim()}; charset=${name}`;
}

/** Whether a character has two bytes at least. */
export function isWide(encoding: string | null): boolean {
  return encoding?.startsWith("utf-16") === true;
}

function byMark(head: Uint8Array): BodyCharset | null {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { name: "UTF-32", encoding: null };
  if (a === 0xff && b === 0xfe) return known("utf-16le");
  return a === 0xfe && b === 0xff ? known("utf-16be") : null;
}

function byDocument(head: Uint8Array): BodyCharset | null {
  const wide = byZeros(head);
  if (wide !== null) return wide;
  const start = Buffer.from(head.subarray(0, statementReach)).toString("latin1");
  if (!/^\s*</.test(start)) return null;
  const name =
    /^\s*<\?xml\s[^>]{0,300}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1] ??
    /<meta\s[^>]{0,300}?\bcharset\s*=\s*["']?([\w.:-]{1,40})/i.exec(start)?.[1];
  const charset = name === undefined ? null : known(name);
  // What could be read byte by byte is no UTF-16, whatever it says of itself.
  return charset?.encoding == null || isWide(charset.encoding) ? null : charset;
}

/** UTF-16 without a mark: ASCII, and a NUL for every other byte. */
function byZeros(head: Uint8Array): BodyCharset | null {
  const units = Math.min(Math.floor(head.length / 2), 32);
  let [little, big] = [0, 0];
  for (let at = 0; at < 2 * units; at += 2) {
    const [first = 0, second = 0] = [head[at], head[at + 1]];
    if (isAsciiText(first) && second === 0) little += 1;
    if (first === 0 && isAsciiText(second)) big += 1;
  }
  if (units < 2 || Math.max(little, big) < units) return null;
  return known(little === units ? "utf-16le" : "utf-16be");
}

function isAsciiText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}

function isNarrowText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function known(label: string): BodyCharset {
  // Bytes beyond ASCII are none of it, and UTF-8 far more often than what browsers take it for.
  if (/^(?:us-ascii|ascii|ansi_x3\.4-19\d\d)$/i.test(label)) return utf8;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === "utf-8" ? utf8 : { name: label.toUpperCase(), encoding };
  } catch {
    return { name: label.toUpperCase(), encoding: null };
  }
}
