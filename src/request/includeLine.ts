import type { Problem, Spanned } from "../stages.ts";
import type { Line } from "./lines.ts";
import { endOfText, rangeIn, skipBlanks, spanOf, trimmedSpan } from "./lines.ts";
import { errorAt, hintAt } from "./problem.ts";

/** A line of a body that stands for a file's bytes. */
export interface IncludeLine {
  /** Without the quotes around it. */
  readonly path: Spanned;
  readonly problems: readonly Problem[];
}

/**
 * Reads `< path`, also `<./path` and a path in quotes, which other tools write; null for any other line. Without a blank
 * only what can begin no tag counts.
 */
export function readIncludeLine(line: Line): IncludeLine | null {
  if (!line.text.startsWith("<")) return null;
  const end = endOfText(line.text, 0);
  const text = line.text.slice(0, end);
  if (!/^<(?:[ \t]+[^ \t]|\.{1,2}[/\\][^<>]*$|(["'])[^"'<>]+\1$)/.test(text)) return null;
  const start = skipBlanks(text, 1);
  const written = trimmedSpan(line, 1);
  const isQuoted = /^(["'])[^"']+\1$/.test(written.text);
  const path = isQuoted ? spanOf(line, start + 1, end - 1) : written;
  if (start > 1 && !isQuoted) return { path, problems: [] };
  const message = "This is read as `< path`, without quotes and with a blank behind the `<`.";
  return { path, problems: [hintAt(rangeIn(line, 0, end), "H_INCLUDE_FORM", message)] };
}

/** `E_BODY_LATER` for `<@ path`, with or without a blank. */
export function laterInclude(line: Line): readonly Problem[] {
  if (!/^<@\w*(?:[ \t]+[^ \t]|\.{1,2}[/\\]|["'])/.test(line.text)) return [];
  return [
    errorAt(
      rangeIn(line, 0, endOfText(line.text, 0)),
      "E_BODY_LATER",
      "Files with variables (`<@`) are not supported yet; write `< path` to send the file as it is.",
    ),
  ];
}
