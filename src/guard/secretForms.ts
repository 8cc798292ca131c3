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

/** Finds needles at a place in a text: the end of the longest match and its mask, or null. */
export type FormMatcher = (
  text: string,
  start: number,
) => { readonly end: number; readonly mask: string } | null;

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
    const { character, encoded } = form.characters[0] ?? { character: "", encoded: [] };
    // A form body writes a space as "+".
    const plus = character === " " ? ["+"] : [];
    for (const start of new Set([character.charAt(0), ...plus, ...encoded])) {
      byStart.set(start, [...(byStart.get(start) ?? []), form]);
    }
  }
  const lengths = [...new Set([...byStart.keys()].map((start) => start.length))].filter(
    (length) => length > 1,
  );
  return (text, start) => {
    const first = text.charAt(start);
    const plain = byStart.get(first);
    if (!isEncodingLead(first)) return plain === undefined ? null : longest(plain, text, start);
    const encoded = lengths.flatMap((length) => byStart.get(text.substring(start, start + length)) ?? []);
    return longest([...(plain ?? []), ...encoded], text, start);
  };
}

function longest(forms: readonly Form[], text: string, start: number): ReturnType<FormMatcher> {
  let best: ReturnType<FormMatcher> = null;
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

/** The text itself, its base64 cores (at each alignment, both alphabets), its hex. */
function writtenForms(text: string): readonly string[] {
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  return [...new Set([text, ...base64Cores(bytes), hex, hex.toUpperCase()])];
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
