/** The words of a command as a POSIX shell reads them; of expansions there are none, they stay as they are written. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const [piece = "", single, double, ansi, escaped, blank] of text.matchAll(pieces)) {
    if (blank !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    const plain = single ?? unescapedDouble(double) ?? unescapedAnsi(ansi) ?? joinedLine(escaped) ?? piece;
    word = (word ?? "") + plain;
  }
  return word === null ? words : [...words, word];
}

/** `'…'`, `"…"`, `$'…'`, a backslash with what it escapes, blanks, and anything else. */
const pieces =
  /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\$'((?:[^'\\]|\\[\s\S])*)'|\\([\s\S])|(\s+)|[^\s'"\\$]+|[\s\S]/g;

function unescapedDouble(text: string | undefined): string | undefined {
  return text?.replace(/\\(["\\$`])/g, "$1").replace(/\\\r?\n/g, "");
}

function unescapedAnsi(text: string | undefined): string | undefined {
  return text?.replace(/\\(u[0-9a-f]{1,4}|x[0-9a-f]{1,2}|[nrt'"\\])/gi, (_, code: string) =>
    code.length === 1
      ? (ansiCodes.get(code) ?? code)
      : String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

const ansiCodes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function joinedLine(escaped: string | undefined): string | undefined {
  return escaped === "\n" || escaped === "\r" ? "" : escaped;
}
