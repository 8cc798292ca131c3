import type { Position, Problem, Spanned, TextRange } from "../stages.ts";
import { splitLines } from "./lines.ts";
import { errorAt } from "./problem.ts";

/** How a value is written where its reference stands. */
export type Encoding = "none" | "percent" | "json";

/** A piece of a text that may hold variables. */
export type Token =
  | { readonly kind: "literal"; readonly text: string; readonly range: TextRange }
  /** `{{expression}}`; percent-encoded for `{{%expression}}`, escaped for a JSON string for `{{%json expression}}`. */
  | {
      readonly kind: "reference";
      readonly expression: string;
      readonly encoding: Encoding;
      readonly range: TextRange;
    }
  /** `{{` without `}}` on its line. */
  | { readonly kind: "unclosed"; readonly range: TextRange };

/**
 * Splits a text into literal pieces and `{{references}}`, in order. `\{{` is a literal `{{`; of two backslashes the
 * first escapes the second, as in JSON, so `\\{{x}}` is a reference. A reference ends on the line it begins on.
 */
export function tokenize(span: Spanned): readonly Token[] {
  if (!span.text.includes("{{")) {
    return span.text === "" ? [] : [{ kind: "literal", text: span.text, range: span.range }];
  }
  const { start } = span.range;
  const tokens: Token[] = [];
  let pending = { text: "", start };
  for (const line of splitLines(span.text)) {
    const base = line.number === 0 ? start.column : 0;
    const place = (column: number): Position => ({ line: start.line + line.number, column: base + column });
    let column = 0;
    for (const mark of marksOf(line.text)) {
      const range = { start: place(mark.start), end: place(mark.end) };
      tokens.push(...literal(pending.text + line.text.slice(column, mark.start), pending.start, range.start));
      tokens.push(tokenOf(mark, range));
      pending = { text: "", start: range.end };
      column = mark.end;
    }
    pending.text += line.text.slice(column) + line.lineEnd;
  }
  tokens.push(...literal(pending.text, pending.start, span.range.end));
  return tokens;
}

function literal(text: string, start: Position, end: Position): readonly Token[] {
  return text === "" ? [] : [{ kind: "literal", text, range: { start, end } }];
}

/** `E_VARIABLE_UNCLOSED` for every `{{` that has no `}}` on its line. */
export function unclosedReferences(span: Spanned): readonly Problem[] {
  if (areClosed(span.text)) return [];
  return tokenize(span)
    .filter((token) => token.kind === "unclosed")
    .map(({ range }) =>
      errorAt(
        range,
        "E_VARIABLE_UNCLOSED",
        "This `{{` is not closed on its line; add `}}`, or write `\\{{` for the two braces themselves.",
      ),
    );
}

/** False where a `{{` may have no `}}` on its line: what is escaped counts as well. */
function areClosed(text: string): boolean {
  let open = text.indexOf("{{");
  while (open >= 0) {
    const close = text.indexOf("}}", open + 2);
    if (close < 0 || /[\r\n]/.test(text.slice(open, close))) return false;
    open = text.indexOf("{{", close + 2);
  }
  return true;
}

/** True when the text holds at least one `{{reference}}`. */
export function holdsReference(text: string): boolean {
  return marksOf(text).some((mark) => mark.kind === "reference");
}

/** True when the whole text is one `{{reference}}`. */
export function isOneReference(text: string): boolean {
  const [mark] = text.startsWith("{{") ? marksOf(text) : [];
  return mark?.kind === "reference" && mark.start === 0 && mark.end === text.length;
}

/** Where the first space or tab outside `{{references}}` stands, or -1. */
export function blankOutsideReferences(text: string): number {
  let column = 0;
  for (const mark of marksOf(text)) {
    const blank = text.slice(column, mark.start).search(/[ \t]/);
    if (blank >= 0) return column + blank;
    column = mark.end;
  }
  const blank = text.slice(column).search(/[ \t]/);
  return blank < 0 ? -1 : column + blank;
}

interface Mark {
  readonly kind: "reference" | "escape" | "unclosed";
  readonly start: number;
  readonly end: number;
  /** Between the braces. */
  readonly inner: string;
}

function marksOf(text: string): readonly Mark[] {
  const marks: Mark[] = [];
  let open = text.indexOf("{{");
  while (open >= 0) {
    const mark = markAt(text, open, marks.at(-1)?.end ?? 0);
    marks.push(mark);
    open = text.indexOf("{{", mark.end);
  }
  return marks;
}

function markAt(text: string, open: number, from: number): Mark {
  if (isEscaped(text, open, from)) return { kind: "escape", start: open - 1, end: open + 2, inner: "" };
  let start = open;
  while (text[start + 2] === "{") start++;
  const close = text.indexOf("}}", start + 2);
  if (close < 0) return { kind: "unclosed", start, end: text.length, inner: "" };
  return { kind: "reference", start, end: close + 2, inner: text.slice(start + 2, close) };
}

function isEscaped(text: string, open: number, from: number): boolean {
  let backslashes = 0;
  while (open - backslashes > from && text[open - backslashes - 1] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

function tokenOf(mark: Mark, range: TextRange): Token {
  if (mark.kind === "unclosed") return { kind: "unclosed", range };
  if (mark.kind === "escape") return { kind: "literal", text: "{{", range };
  const inner = mark.inner.trim();
  const json = /^%[ \t]*json[ \t]+(.*)$/.exec(inner)?.[1];
  if (json !== undefined) return { kind: "reference", expression: json, encoding: "json", range };
  const isEncoded = inner.startsWith("%");
  const expression = isEncoded ? inner.slice(1).trim() : inner;
  return { kind: "reference", expression, encoding: isEncoded ? "percent" : "none", range };
}
