/** A run of the characters that AWS's keys are made of, with no part of a longer word beside it. */
export interface KeyRun {
  readonly start: number;
  readonly end: number;
  /** In characters of the key: `%2F`, `%2B` and `\/` are one each. */
  readonly length: number;
  /** How many `=` end it: those of base64, inside the run. */
  readonly padding: number;
}

const keyCharacters: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9/+]/.test(String.fromCharCode(code)),
);

/** The runs of at least so many characters, in order. A loop, not a pattern: it looks at each character once at most. */
export function keyRuns(text: string, least: number): readonly KeyRun[] {
  const runs: KeyRun[] = [];
  for (let at = longEnough(text, 0, least); at < text.length; at = longEnough(text, at, least)) {
    const start = at;
    let length = 0;
    for (let unit = unitAt(text, at); unit > 0; unit = unitAt(text, at)) {
      at += unit;
      length++;
    }
    const end = endOfPadding(text, at);
    if (length >= least && standsAlone(text, start, end))
      runs.push({ start, end, length, padding: end - at });
    at = Math.max(end, at + 1);
  }
  return runs;
}

/**
 * Where the next stretch begins, from `from` on, that is long enough for a run as it is written; the text's length when there
 * is none. Looks at its last character first, so that in most texts few are looked at.
 */
function longEnough(text: string, from: number, least: number): number {
  let start = from;
  while (start + least <= text.length) {
    let at = start + least - 1;
    while (at >= start && mayBelong(text.charCodeAt(at))) at--;
    if (at < start) return start;
    start = at + 1;
  }
  return text.length;
}

/** Characters of keys, and those that encode one: `%`, `\`. */
function mayBelong(code: number): boolean {
  return keyCharacters[code] === true || code === 0x25 || code === 0x5c;
}

/** How long the key character at this place is as written; 0 when there is none. */
function unitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (keyCharacters[code] === true) return 1;
  if (code === 0x5c) return text[at + 1] === "/" ? 2 : 0;
  if (code !== 0x25 || text[at + 1] !== "2") return 0;
  return /[BbFf]/.test(text.charAt(at + 2)) ? 3 : 0;
}

function endOfPadding(text: string, at: number): number {
  let end = at;
  while (end < at + 2 && text[end] === "=") end++;
  return end;
}

/** Other alphabets' words (`_-.~`), other percent-encoded text and names of variables are no keys. */
function standsAlone(text: string, start: number, end: number): boolean {
  if (start > 0 && "_-.~%$".includes(text.charAt(start - 1))) return false;
  if (end < text.length && "_-.~%=".includes(text.charAt(end))) return false;
  return !text.startsWith("{{", start - 2) && !text.startsWith("}}", end);
}

const mostBlanks = 16;
const longestName = 64;

/** The name that a value is given under where it stands: `name=`, `"name": "`, `<name>`; "" when there is none. */
export function nameBefore(text: string, start: number): string {
  const sign = back(text, start, mostBlanks, " \t\r\n\"'\\");
  if (!":=>".includes(text.charAt(sign - 1)) || sign === 0) return "";
  const end = back(text, sign - 1, mostBlanks, " \t\"'\\");
  let begin = end;
  while (begin > 0 && end - begin < longestName && /[\w.-]/.test(text.charAt(begin - 1))) begin--;
  return text.slice(begin, end);
}

function back(text: string, from: number, most: number, characters: string): number {
  let at = from;
  while (at > 0 && from - at < most && characters.includes(text.charAt(at - 1))) at--;
  return at;
}
