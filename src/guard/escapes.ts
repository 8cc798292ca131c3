/**
 * What stands for a character of ASCII at a place that begins with `%`, `\` or `&`, packed into one number, as it is asked
 * for at each of them. `none` in places where there is nothing of the kind.
 *
 * bits 0–6: the character that is not the leading one itself; bits 7–10: the length of its spelling, 0 for none;
 * bits 11–14: the length of the longest spelling of the leading character; bit 15: a character beyond ASCII is spelled here
 */
export type Escape = number;

const leads = { percent: 0x25, backslash: 0x5c, ampersand: 0x26 } as const;
const beyondAscii = 1 << 15;

/** Whether an escape may begin with this unit. */
export function isLead(unit: number): boolean {
  return unit === leads.percent || unit === leads.backslash || unit === leads.ampersand;
}

/** Reads the escape at a place where one may begin. */
export function escapeAt(text: string, at: number): Escape {
  switch (text.charCodeAt(at)) {
    case leads.percent:
      return percentAt(text, at);
    case leads.backslash:
      return backslashAt(text, at);
    default:
      return ampersandAt(text, at);
  }
}

/** The character beside the leading one that is spelled there; -1 for none. */
export function spelledCharacter(packed: Escape): number {
  return spelledLength(packed) === 0 ? -1 : packed & 0x7f;
}

/** The length of that spelling; 0 for none. */
export function spelledLength(packed: Escape): number {
  return (packed >> 7) & 0xf;
}

/** The length of the longest spelling of the leading character; 1 where it only stands for itself. */
export function leadLength(packed: Escape): number {
  return (packed >> 11) & 0xf;
}

/** Whether something beyond ASCII may be spelled there. */
export function isBeyondAscii(packed: Escape): boolean {
  return (packed & beyondAscii) !== 0;
}

function pack(character: number, length: number, lead: number): Escape {
  return character | (length << 7) | (lead << 11);
}

/** A leading character that only stands for itself. */
export const noEscape: Escape = plain(1);

function plain(lead: number): Escape {
  return pack(0, 0, lead);
}

/** `%41`, and `%2541` for what is encoded twice. */
function percentAt(text: string, at: number): Escape {
  const once = hexAt(text, at + 1, 2);
  if (once < 0) return plain(1);
  if (once >= 0x80) return plain(1) | beyondAscii;
  if (once !== leads.percent) return pack(once, 3, 1);
  const twice = hexAt(text, at + 3, 2);
  if (twice < 0) return plain(3);
  if (twice >= 0x80) return plain(3) | beyondAscii;
  return twice === leads.percent ? plain(5) : pack(twice, 5, 3);
}

/** `\n`, `\u000a`, and `\\n`, `\\u000a` for JSON in a JSON string. */
function backslashAt(text: string, at: number): Escape {
  const next = text.charCodeAt(at + 1);
  if (next !== leads.backslash) return unescaped(text, at + 1, next, 1);
  const third = text.charCodeAt(at + 2);
  if (third !== leads.backslash) return third === 0x22 ? plain(2) : unescaped(text, at + 2, third, 2);
  const fourth = text.charCodeAt(at + 3);
  if (fourth === leads.backslash) return plain(4);
  return fourth === 0x22 ? pack(0x22, 4, 2) : plain(2);
}

/** @param lead the length of what stands before `at`, which by itself stands for the backslash */
function unescaped(text: string, at: number, unit: number, lead: number): Escape {
  if (unit !== 0x75) {
    const short = shortEscapes.get(unit);
    return short === undefined ? plain(lead) : pack(short, lead + 1, lead);
  }
  const code = hexAt(text, at + 1, 4);
  if (code < 0) return plain(lead);
  if (code >= 0x80) return plain(lead) | beyondAscii;
  return code === leads.backslash ? plain(lead + 5) : pack(code, lead + 5, lead);
}

const shortEscapes: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x22, 0x22],
  [0x2f, 0x2f],
  [0x27, 0x27],
]);

/** `&#x2f;`, `&#47;`, `&sol;`. */
function ampersandAt(text: string, at: number): Escape {
  if (text.charCodeAt(at + 1) !== 0x23) return namedAt(text, at);
  const isHex = (text.charCodeAt(at + 2) | 0x20) === 0x78;
  const from = at + (isHex ? 3 : 2);
  let [end, code] = [from, 0];
  for (let digit = digitAt(text, end); digit >= 0 && (isHex || digit < 10) && end < from + 7; ) {
    code = code * (isHex ? 16 : 10) + digit;
    end += 1;
    digit = digitAt(text, end);
  }
  if (end === from || text.charCodeAt(end) !== 0x3b) return plain(1);
  if (code >= 0x80) return plain(1) | beyondAscii;
  if (!isUsualWidth(end - from, code, isHex)) return plain(1);
  const length = end + 1 - at;
  return code === leads.ampersand ? plain(length) : pack(code, length, 1);
}

/** As many digits as it takes, or padded as is usual: to two or four in hex, to three in decimal. */
function isUsualWidth(digits: number, code: number, isHex: boolean): boolean {
  if (digits === code.toString(isHex ? 16 : 10).length) return true;
  return isHex ? digits === 2 || digits === 4 : digits === 3 && code < 100;
}

const names: readonly (readonly [name: string, character: number])[] = [
  ["&lt;", 0x3c],
  ["&gt;", 0x3e],
  ["&quot;", 0x22],
  ["&apos;", 0x27],
  ["&sol;", 0x2f],
  ["&plus;", 0x2b],
  ["&equals;", 0x3d],
];

function namedAt(text: string, at: number): Escape {
  if ((text.charCodeAt(at + 1) | 0x20) < 0x61) return plain(1);
  if (text.startsWith("&amp;", at)) return plain(5);
  for (const [name, character] of names) {
    if (text.startsWith(name, at)) return pack(character, name.length, 1);
  }
  return plain(1);
}

/** The number of so many hexadecimal digits; -1 where there are fewer. */
function hexAt(text: string, at: number, digits: number): number {
  let code = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = digitAt(text, index);
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

function digitAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 && unit < 0x80 ? letter - 0x57 : -1;
}
