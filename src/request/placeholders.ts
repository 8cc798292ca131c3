import type { Position, Problem, Spanned } from "../stages.ts";
import { clipped } from "./clipped.ts";
import { hintAt } from "./problem.ts";
import { tokenize } from "./references.ts";

/** `{id}` and `${id}` anywhere in a path or a query, `:id` as a whole segment of the path. */
const forms = /\$?\{([A-Za-z_][\w.-]*)\}|(?<=\/):([A-Za-z_]\w*)(?=[/?#]|$)/g;

/** Whatever holds none of it holds no such form. A brace behind a brace belongs to a reference, unless it is escaped. */
const possible = /(?:^|[^{])\{[A-Za-z_]|\{\{\{|\\|\/:[A-Za-z_]/;

const mostHints = 20;

/**
 * `H_URL_PLACEHOLDER` for what other tools and API descriptions would fill in and what is sent as it stands here. Only
 * what is written in the file is looked at: a variable's value means itself.
 */
export function placeholderHints(target: readonly Spanned[]): readonly Problem[] {
  if (!target.some(({ text }) => possible.test(text))) return [];
  const hints: Problem[] = [];
  let isQuery = false;
  for (const token of target.flatMap(tokenize)) {
    if (token.kind !== "literal") continue;
    const query: number = isQuery ? 0 : token.text.indexOf("?");
    for (const match of token.text.matchAll(forms)) {
      const isPath = query < 0 || match.index < query;
      if (isPath || match[1] !== undefined) hints.push(hintOf(match, token.range.start));
    }
    isQuery ||= query >= 0;
  }
  return hints.slice(0, mostHints);
}

function hintOf({ 0: written, 1: braced, 2: segment, index }: RegExpExecArray, from: Position): Problem {
  const start = { line: from.line, column: from.column + index };
  const range = { start, end: { line: start.line, column: start.column + written.length } };
  const name = braced ?? segment ?? "";
  const message = `\`${clipped(written)}\` is no variable here and is sent as it stands; write \`{{${clipped(name)}}}\` if a value goes there.`;
  return hintAt(range, "H_URL_PLACEHOLDER", message);
}
