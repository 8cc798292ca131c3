/**
 * What a terminal could act on or a reader could not see: C0 but tab and newline, DEL, C1, line and paragraph separators,
 * bidirectional controls, zero-width and other shapeless characters (the emoji variation selectors stay), lone surrogates.
 */
const active =
  /(?![\t\n]|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Default_Ignorable_Code_Point}]/gu;

/** The text with everything active written out (`\x1b`, `\u202e`, `\u{e0041}`); CRLF becomes a newline. */
export function inertText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(active, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}
