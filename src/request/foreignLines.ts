import type { Problem } from "../stages.ts";
import type { Line } from "./lines.ts";
import { endOfText, rangeIn } from "./lines.ts";
import { errorAt, hintAt, warningAt } from "./problem.ts";

/** Lines in the manner of another tool that are neither request nor body here. */
export interface ForeignLines {
  /** Index of the first line after them. */
  readonly end: number;
  readonly problem: Problem;
}

interface ForeignForm {
  readonly begins: RegExp;
  /** What the last line holds; null for a form of one line. */
  readonly ends: RegExp | null;
  /** True for forms that stand only before a request line. */
  readonly beforeRequest: boolean;
  readonly report: typeof errorAt;
  readonly code: string;
  readonly message: string;
}

const noScript = "Scripts are never run; write the request's values as variables and delete the script.";

const foreignForms: readonly ForeignForm[] = [
  {
    begins: /^<[ \t]+\{%/,
    ends: /%\}/,
    beforeRequest: false,
    report: errorAt,
    code: "E_SCRIPT",
    message: noScript,
  },
  {
    begins: /^\{\{(?:[@+][\w.+-]*)?[ \t]*$/,
    ends: /^\}\}/,
    beforeRequest: true,
    report: errorAt,
    code: "E_SCRIPT",
    message: noScript,
  },
  {
    begins: /^>[ \t]+\{%/,
    ends: /%\}/,
    beforeRequest: false,
    report: warningAt,
    code: "W_SCRIPT",
    message: "This response handler is not run: nothing in a request file is evaluated as code.",
  },
  {
    begins: /^>[ \t]+\S+\.js$/,
    ends: null,
    beforeRequest: false,
    report: warningAt,
    code: "W_SCRIPT",
    message: "This response handler is not run: nothing in a request file is evaluated as code.",
  },
  {
    begins: /^>>!?[ \t]+\S+$/,
    ends: null,
    beforeRequest: false,
    report: warningAt,
    code: "W_SAVE_LATER",
    message: "Saving the response to a file is not supported yet; this line is ignored.",
  },
  {
    begins: /^<>[ \t]+\S+$/,
    ends: null,
    beforeRequest: false,
    report: hintAt,
    code: "H_RESPONSE_REFERENCE",
    message: "This refers to a response that another tool stored; it is not part of the request.",
  },
  {
    begins: /^\?\?[ \t]+\S/,
    ends: null,
    beforeRequest: false,
    report: warningAt,
    code: "W_ASSERTION_LATER",
    message: "Assertions in this form are not checked; this line is ignored.",
  },
];

/** The lines of another tool that begin at `index`, or null. */
export function foreignLinesAt(
  lines: readonly Line[],
  index: number,
  zone: "beforeRequest" | "afterRequest",
): ForeignLines | null {
  const line = lines[index];
  if (line === undefined || !/^[<>?{]/.test(line.text)) return null;
  const text = line.text.slice(0, endOfText(line.text, 0));
  const form = foreignForms.find(
    ({ begins, beforeRequest }) => begins.test(text) && (!beforeRequest || zone === "beforeRequest"),
  );
  if (form === undefined) return null;
  const problem = form.report(rangeIn(line, 0, text.length), form.code, form.message);
  return { end: form.ends === null ? index + 1 : endOfForm(lines, index, form.ends), problem };
}

function endOfForm(lines: readonly Line[], start: number, ends: RegExp): number {
  let index = start;
  while (index < lines.length && !ends.test(lines[index]?.text ?? "")) index++;
  return Math.min(index + 1, lines.length);
}
