import type { Problem, Spanned, TextRange } from "../stages.ts";
import type { Fault } from "./problem.ts";
import { errorAt } from "./problem.ts";

/** Bidirectional controls, zero-width and other characters without a shape: they make a line read as it is not. */
const hidden = /(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|[\p{Cf}\p{Zl}\p{Zp}]/u;
const control = /\p{Cc}/u;
const loneSurrogate = /\p{Surrogate}/u;

const replacement = "\ufffd";

/** What most text is made of. Asked first: matchers for Unicode's classes take a millisecond each to make. */
const plain = /^[\t\x20-\x7e]*$/;

/** `token` of RFC 9110: what a method or a header name is made of. */
export const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** `E_HIDDEN_CHARACTER` when the text holds a character that cannot be seen. */
export function hiddenCharacterFault(text: string, where: string): Fault | null {
  if (plain.test(text)) return null;
  const found = hidden.exec(text)?.[0];
  if (found === undefined) return null;
  return {
    code: "E_HIDDEN_CHARACTER",
    message: `${where} holds ${codePointName(found)}, which is invisible and can make the line read as what it is not; delete it.`,
  };
}

/** `E_CONTROL_CHARACTER` when the text holds CR, LF or NUL, which would end the line on the wire. */
export function lineBreakFault(text: string, where: string): Fault | null {
  for (const character of ["\r", "\n", "\0"]) {
    if (text.includes(character)) return controlFault(character, where);
  }
  return null;
}

/** `E_CONTROL_CHARACTER` for any control character but a tab. */
export function controlCharacterFault(text: string, where: string): Fault | null {
  if (plain.test(text)) return null;
  const found = control.exec(text.replaceAll("\t", " "))?.[0];
  return found === undefined ? null : controlFault(found, where);
}

/**
 * `E_LONE_SURROGATE` when the text has no UTF-8 form, `E_FILE_ENCODING` when it holds U+FFFD: that stands where a file was
 * read in another encoding than it was written in.
 */
export function surrogateFault(text: string, where: string): Fault | null {
  if (plain.test(text)) return null;
  if (text.includes(replacement)) {
    return {
      code: "E_FILE_ENCODING",
      message: `${where} holds U+FFFD, which stands for bytes that could not be read; reopen the file in the encoding that it was written in and save it as UTF-8, or write %EF%BF%BD or \\ufffd if it is meant.`,
      at: text.indexOf(replacement),
    };
  }
  const found = loneSurrogate.exec(text)?.[0];
  if (found === undefined) return null;
  return {
    code: "E_LONE_SURROGATE",
    message: `${where} holds ${codePointName(found)}, half of a character that UTF-8 cannot write; delete it or type the character again.`,
  };
}

/** The problems of a text at its place, one for each check that finds something. */
export function characterProblems(
  span: Spanned,
  where: string,
  checks: readonly ((text: string, where: string) => Fault | null)[],
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const check of checks) {
    const fault = check(span.text, where);
    if (fault !== null) problems.push(errorAt(placeIn(span, fault.at), fault.code, fault.message));
  }
  return problems;
}

/** The character at an offset; all of the text where none is named. */
function placeIn({ text, range }: Spanned, at: number | undefined): TextRange {
  if (at === undefined) return range;
  const lines = text.slice(0, at).split(/\r\n|\n|\r/);
  const first = lines.length === 1 ? range.start.column : 0;
  const start = { line: range.start.line + lines.length - 1, column: first + (lines.at(-1) ?? "").length };
  return { start, end: { line: start.line, column: start.column + 1 } };
}

function controlFault(character: string, where: string): Fault {
  return {
    code: "E_CONTROL_CHARACTER",
    message: `${where} holds the control character ${codePointName(character)}; remove it, or percent-encode the variable with {{%name}}.`,
  };
}

const names: ReadonlyMap<string, string> = new Map([
  ["\r", "CR"],
  ["\n", "LF"],
  ["\0", "NUL"],
]);

function codePointName(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return names.get(character) ?? `U+${code}`;
}
