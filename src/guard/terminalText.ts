/**
 * What a terminal could act on or a reader could not see: C0 but tab and newline, DEL, C1, line and paragraph separators,
 * bidirectional controls, zero-width and other shapeless characters (the emoji variation selectors stay), lone surrogates.
 */
const active =
  /(?![\t\n]|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Default_Ignorable_Code_Point}]/gu;

const plain = /^[\t\n\x20-\x7e]*$/;

/**
 * The text with everything active written out (`\x1b`, `\u202e`, `\u{e0041}`); CRLF becomes a newline. For bodies and for
 * text that is laid out in lines already: what is put into a line goes through `inertLine`.
 */
export function inertText(text: string): string {
  // Most text is plain ASCII, and making a matcher for Unicode's classes takes longer than all the rest.
  if (plain.test(text)) return text;
  return text.replaceAll("\r\n", "\n").replace(active, escaped);
}

/** The same for what stands within a line, such as a name or a message: line breaks and tabs are written out too. */
export function inertLine(text: string): string {
  return inertText(text.replace(/[\t\n\r]/g, (blank) => blanks[blank] ?? blank));
}

const blanks: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/**
 * JSON text with everything active escaped. Parsed it is the same value. `##[`, by which GitHub Actions knows a command
 * anywhere in a line, does not stand in it either: documents go out as they are, so that programs can read them.
 */
export function inertJson(json: string): string {
  const still = json.replaceAll("##[", "#\\u0023[");
  return plain.test(still) ? still : still.replace(active, escapedInJson);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

function escapedInJson(character: string): string {
  const unit = (at: number) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  return character.length === 1 ? unit(0) : unit(0) + unit(1);
}
