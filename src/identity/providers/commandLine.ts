/**
 * Splits a command line into arguments as the AWS CLI does for credential_process: no shell, so no `$VAR`, `~`, pipes.
 * @returns null when a quote is not closed or a last backslash escapes nothing
 */
export function splitCommandLine(command: string, platform: NodeJS.Platform): string[] | null {
  const pieces = platform === "win32" ? windowsPieces(command) : posixPieces(command);
  return pieces && joined(pieces);
}

/** Text that belongs to an argument, or null for the blanks that end one. */
type Piece = string | null;

function joined(pieces: readonly Piece[]): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (const piece of [...pieces, null]) {
    if (piece !== null) word = (word ?? "") + piece;
    else if (word !== null) words.push(word);
    if (piece === null) word = null;
  }
  return words;
}

/** Blanks, '…', "…", an escaped character, plain text. */
const posixPiece = /([ \t\r\n]+)|'([^']*)'|"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|\\([\s\S])|([^ \t\r\n'"\\]+)/gy;

/** Python's shlex.split: backslash escapes one character outside quotes, only `"` and `\` inside double quotes. */
function posixPieces(command: string): Piece[] | null {
  const pieces: Piece[] = [];
  let read = 0;
  for (const [all, blanks, single, double, escaped, plain] of command.matchAll(posixPiece)) {
    read += all.length;
    const text = single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? plain ?? "";
    pieces.push(blanks === undefined ? text : null);
  }
  return read === command.length ? pieces : null;
}

/** Backslashes before a quote, blanks, plain text and other backslashes. */
const windowsPiece = /(\\*)"|([ \t]+)|([^ \t"\\]+|\\+(?!\\*"))/gy;

/**
 * The Microsoft C runtime's rule: only double quotes quote; backslashes are literal unless they lead up to a quote,
 * where two stand for one and an odd one makes the quote literal.
 * @see https://learn.microsoft.com/en-us/cpp/cpp/main-function-command-line-args
 */
function windowsPieces(command: string): Piece[] | null {
  const pieces: Piece[] = [];
  let quoted = false;
  for (const [, slashes, blanks, plain] of command.matchAll(windowsPiece)) {
    if (slashes !== undefined) {
      const literal = slashes.length % 2 === 1;
      pieces.push("\\".repeat(slashes.length >> 1) + (literal ? '"' : ""));
      if (!literal) quoted = !quoted;
    } else if (blanks !== undefined && !quoted) pieces.push(null);
    else pieces.push(plain ?? blanks ?? "");
  }
  return quoted ? null : pieces;
}
