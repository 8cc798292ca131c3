import type { Problem } from "../stages.ts";
import type { Expansion, Piece } from "./expansion.ts";
import { warningAt } from "./problem.ts";

/** Larger bodies, and those with more variables, are not looked at: each variable means reading the body once more. */
const largestBody = 256 * 1024;
const mostVariables = 50;

/** A number: it makes JSON of a body where a value stands, and within a string as well. */
const neutral = "1";

/**
 * `W_BODY_JSON` at each variable whose value makes no JSON of a body that is JSON around it: a quote, a backslash or a line
 * break in a string, a word without quotes. Values are never repeated.
 */
export function jsonVariableProblems(body: Expansion): readonly Problem[] {
  const variables = body.pieces.filter(({ literal }) => !literal);
  if (variables.length === 0 || isTooMuch(body.text, variables)) return [];
  if (isJson(body.text) || !isJson(textWith(body.pieces, null))) return [];
  return variables
    .filter((variable) => !isJson(textWith(body.pieces, variable)))
    .map(({ range }) =>
      warningAt(
        range,
        "W_BODY_JSON",
        "With the value of this variable the body is not JSON; write `{{%json name}}` between quotes, which escapes it.",
      ),
    );
}

function isTooMuch(text: string, variables: readonly Piece[]): boolean {
  return text.length > largestBody || variables.length > mostVariables;
}

/** The body with the value of one variable, all others neutral. A piece of no reference, such as `\{{`, is its text. */
function textWith(pieces: readonly Piece[], shown: Piece | null): string {
  return pieces.map((piece) => (piece.literal || piece === shown ? piece.text : neutral)).join("");
}

/** Lines that are comments count for nothing. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^[ \t]*(?:#|\/\/).*$/gm, ""));
    return true;
  } catch {
    return false;
  }
}
