/** Percent-, JSON- and HTML-encoded ways to write a character beyond ASCII, the longer of two that begin alike first. */
export function spellingsBeyondAscii(code: number): readonly string[] {
  const before = made.get(code);
  if (before !== undefined) return before;
  const character = String.fromCodePoint(code);
  const spellings = [...percentSpellings(character), ...jsonSpellings(character), ...htmlSpellings(code)];
  if (made.size < mostMade) made.set(code, spellings);
  return spellings;
}

/** Characters of secrets are few and are asked for again and again. */
const made = new Map<number, readonly string[]>();
const mostMade = 1000;

function percentSpellings(character: string): readonly string[] {
  const bytes = [...Buffer.from(character, "utf8")].map((byte) => byte.toString(16).padStart(2, "0"));
  return inBothCases(bytes.map((byte) => `%${byte}`).join("")).flatMap((once) => [
    once.replaceAll("%", "%25"),
    once,
  ]);
}

/** Twice, too: JSON inside a JSON string, as in a log line. */
function jsonSpellings(character: string): readonly string[] {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16));
  const long = inBothCases(units.map((unit) => unit.padStart(4, "0")).join(" "));
  return long.flatMap((hex) => [
    hex.replace(/\w+/g, (unit) => `\\\\u${unit}`).replaceAll(" ", ""),
    hex.replace(/\w+/g, (unit) => `\\u${unit}`).replaceAll(" ", ""),
  ]);
}

function htmlSpellings(code: number): readonly string[] {
  const hex = [code.toString(16), code.toString(16).padStart(4, "0")];
  const numeric = hex.flatMap(inBothCases).flatMap((digits) => [`&#x${digits};`, `&#X${digits};`]);
  return [...new Set([...numeric, `&#${code};`])];
}

function inBothCases(text: string): readonly string[] {
  return [...new Set([text.toLowerCase(), text.toUpperCase()])];
}
