/** A text to be found in any encoding, and what is put in its place. */
export interface Needle {
  readonly text: string;
  readonly mask: string;
}

/** A character and the encoded ways to write it. Each begins with `%`, `\\` or `&`. */
interface Spelled {
  readonly character: string;
  readonly encoded: readonly string[];
}

/** One written form of a needle, taken apart. */
interface Form {
  readonly mask: string;
  readonly characters: readonly Spelled[];
}

/** A needle that was found: where it ends, and what stands for it. */
interface Match {
  readonly end: number;
  readonly mask: string;
}

/** Finds needles at a place in a text. */
export interface FormMatcher {
  /** False when no needle begins with these two units, in any encoding. Most places are passed by this alone. */
  mayBegin(first: number, second: number): boolean;
  /** The longest match that begins at `start`. */
  matchAt(text: string, start: number): Match | null;
}

/**
 * Gives the matcher for a text: it finds needles as they are, percent-, base64- (at any alignment), hex-, JSON- and
 * HTML-encoded, each character by itself, so that mixtures are found too. Each place costs at most the length of the
 * needles. The many spellings of each character are made when the first text comes that could hold one.
 */
export function formMatchers(needles: readonly Needle[]): (text: string) => FormMatcher {
  const plain = matcherOf(needles, (character) => ({ character, encoded: [] }));
  let encoded: FormMatcher | null = null;
  return (text) => {
    if (!encodingLead.test(text)) return plain;
    encoded ??= matcherOf(needles, memoised(spell));
    return encoded;
  };
}

const encodingLead = /[%\\&]/;

function matcherOf(needles: readonly Needle[], spelled: (character: string) => Spelled): FormMatcher {
  const forms = needles.flatMap(({ text, mask }) =>
    writtenForms(text).map((form): Form => ({ mask, characters: Array.from(form, spelled) })),
  );
  const byStart = new Map<string, Form[]>();
  for (const form of forms) {
    const [first] = form.characters;
    for (const spelling of first === undefined ? [] : spellingsOf(first)) {
      const start = spelling === first?.character ? spelling.charAt(0) : spelling;
      byStart.set(start, [...(byStart.get(start) ?? []), form]);
    }
  }
  const encodedStarts = [...byStart.keys()].filter((start) => start.length > 1);
  const lengthsOf = new Map(
    ["%", "\\", "&"].map((lead) => {
      const starts = encodedStarts.filter((start) => start.startsWith(lead));
      return [lead, [...new Set(starts.map((start) => start.length))]];
    }),
  );
  const beginnings = beginningsOf(forms);
  return {
    mayBegin: (first, second) => beginnings[pairOf(first, second)] === 1,
    matchAt(text, start) {
      const first = text.charAt(start);
      let best = longest(byStart.get(first) ?? none, text, start);
      for (const length of lengthsOf.get(first) ?? none) {
        const encoded = longest(byStart.get(text.substring(start, start + length)) ?? none, text, start);
        if (encoded !== null && encoded.end > (best?.end ?? start)) best = encoded;
      }
      return best;
    },
  };
}

const none: readonly never[] = [];

/** Two units in sixteen bits. Others may share them: then a place is looked at in vain. */
function pairOf(first: number, second: number): number {
  return ((first & 0xff) << 8) | (second & 0xff);
}

/** Marks each pair of units with which a form may begin. */
function beginningsOf(forms: readonly Form[]): Uint8Array {
  const marked = new Uint8Array(0x10000);
  for (const { characters } of forms) {
    const [first, second] = characters;
    if (first === undefined || second === undefined) continue;
    for (const spelling of spellingsOf(first)) {
      const next = spelling.length > 1 ? [spelling.charCodeAt(1)] : unitsOf(second);
      for (const unit of next) marked[pairOf(spelling.charCodeAt(0), unit)] = 1;
    }
  }
  return marked;
}

/** Every way to write a character; a form body writes a space as "+". */
function spellingsOf({ character, encoded }: Spelled): readonly string[] {
  return [character, ...(character === " " ? ["+"] : []), ...encoded];
}

/** The units with which a character may begin. */
function unitsOf(spelled: Spelled): readonly number[] {
  return spellingsOf(spelled).map((spelling) => spelling.charCodeAt(0));
}

function longest(forms: readonly Form[], text: string, start: number): Match | null {
  let best: Match | null = null;
  for (const form of forms) {
    const end = endOf(form, text, start);
    if (end > (best?.end ?? start)) best = { end, mask: form.mask };
  }
  return best;
}

/** Where the form ends if it begins at `start`, else -1. */
function endOf({ characters }: Form, text: string, start: number): number {
  let at = start;
  for (const { character, encoded } of characters) {
    const length = lengthAt(text, at, character, encoded);
    if (length === 0) return -1;
    at += length;
  }
  return at;
}

function lengthAt(text: string, at: number, character: string, encoded: readonly string[]): number {
  const first = text.charAt(at);
  // Encoded ways first: a `%` that begins `%25` is not the character itself.
  const found = isEncodingLead(first) ? encoded.find((spelling) => text.startsWith(spelling, at)) : undefined;
  if (found !== undefined) return found.length;
  if (character === " " && first === "+") return 1;
  return text.startsWith(character, at) ? character.length : 0;
}

function isEncodingLead(character: string): boolean {
  return character === "%" || character === "\\" || character === "&";
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

const jsonShort: ReadonlyMap<string, string> = new Map([
  ["\n", "n"],
  ["\r", "r"],
  ["\t", "t"],
  ["\b", "b"],
  ["\f", "f"],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["'", "'"],
]);

const htmlNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["&", ["&amp;"]],
  ["<", ["&lt;"]],
  [">", ["&gt;"]],
  ['"', ["&quot;"]],
  ["'", ["&apos;"]],
  ["/", ["&sol;"]],
  ["+", ["&plus;"]],
  ["=", ["&equals;"]],
]);

function spell(character: string): Spelled {
  const encoded = [...percentSpellings(character), ...jsonSpellings(character), ...htmlSpellings(character)];
  return { character, encoded: [...new Set(encoded)].filter((spelling) => spelling !== character) };
}

function percentSpellings(character: string): readonly string[] {
  const bytes = [...Buffer.from(character, "utf8")].map((byte) => byte.toString(16).padStart(2, "0"));
  return inBothCases(bytes.map((byte) => `%${byte}`).join("")).flatMap((once) => [
    once.replaceAll("%", "%25"),
    once,
  ]);
}

function jsonSpellings(character: string): readonly string[] {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  const long = units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  const upper = long.toUpperCase().replaceAll("\\U", "\\u");
  const short = jsonShort.get(character);
  const once = [long, upper, ...(short === undefined ? [] : [`\\${short}`])];
  // Twice: JSON inside a JSON string, as in a log line.
  return once.flatMap((spelling) => [spelling.replaceAll("\\", "\\\\").replaceAll('"', '\\"'), spelling]);
}

function htmlSpellings(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const hex = [code.toString(16), code.toString(16).padStart(2, "0"), code.toString(16).padStart(4, "0")];
  const numeric = hex.flatMap(inBothCases).flatMap((digits) => [`&#x${digits};`, `&#X${digits};`]);
  const decimal = [`&#${code};`, `&#${code.toString().padStart(3, "0")};`];
  return [...numeric, ...decimal, ...(htmlNames.get(character) ?? [])];
}

function inBothCases(text: string): readonly string[] {
  return [...new Set([text.toLowerCase(), text.toUpperCase()])];
}

function memoised<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
