import type { Spanned } from "../stages.ts";
import { tokenize } from "./references.ts";

/**
 * Control characters (a tab too: it cannot be told from blanks), characters without a shape, line separators, blanks
 * other than the space, and what no character is assigned to.
 */
const unseen = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

const plain = /^[\x20-\x7e]*$/;

/** True for a text of one line that a person can see whole. */
export function isSeen(text: string): boolean {
  return plain.test(text) || !unseen.test(text);
}

/**
 * A text written so that it stands for itself between two others of its line: `{{` as `\{{`. Null where the language
 * has no way to write it there: behind a backslash, inside a reference, beside a brace.
 */
export function literalText(text: string, before = "", after = ""): string | null {
  const written = text.replaceAll("{{", "\\{{");
  const meant = joined([...shapeOf(before), text, ...shapeOf(after)]);
  const read = joined(shapeOf(`${before}${written}${after}`));
  const isSame = read.length === meant.length && read.every((piece, index) => piece === meant[index]);
  return isSame && !read.includes(null) ? written : null;
}

/** What a written text stands for; null when it holds a reference. */
export function literalMeaning(written: string): string | null {
  const shape = joined(shapeOf(written));
  return shape.every((piece) => typeof piece === "string") ? shape.join("") : null;
}

/** Literal pieces as texts, references as symbols of their own kind, null for what is not closed. */
type Shape = readonly (string | symbol | null)[];

function shapeOf(text: string): Shape {
  return tokenize(spanned(text)).map((token) => {
    if (token.kind === "literal") return token.text;
    return token.kind === "unclosed" ? null : Symbol.for(`${token.encoding} ${token.expression}`);
  });
}

function joined(shape: Shape): Shape {
  const pieces: (string | symbol | null)[] = [];
  for (const piece of shape) {
    const last = pieces.at(-1);
    if (typeof piece === "string" && typeof last === "string") pieces[pieces.length - 1] = last + piece;
    else if (piece !== "") pieces.push(piece);
  }
  return pieces;
}

function spanned(text: string): Spanned {
  const start = { line: 0, column: 0 };
  return { text, range: { start, end: { line: 0, column: text.length } } };
}
