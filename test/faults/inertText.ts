/** C0 but newline and tab, DEL, C1, and what changes the direction of text or cannot be seen. */
const active = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** Characters of a text that a terminal would obey, or that would deceive its reader. The terminal's own colours count as well. */
export function activeCharacters(text: string): readonly string[] {
  return Array.from(text).filter((one) => one !== "\n" && one !== "\t" && active.test(one));
}
