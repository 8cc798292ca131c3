import type { Problem } from "../stages.ts";
import type { Line } from "./lines.ts";
import { endOfText, isBlankText, rangeIn } from "./lines.ts";
import type { BodyKind } from "./mediaType.ts";
import { errorAt, hintAt, warningAt } from "./problem.ts";

/** Lines in the manner of another tool that are neither request nor body here. */
export interface ForeignLines {
  /** Index of the first line after them. */
  readonly end: number;
  readonly problem: Problem;
}

/** Where lines stand: above the request line, below it, or in a body that may hold a message of HTTP. */
export type Zone = "beforeRequest" | "afterRequest" | "inText";

interface ForeignForm {
  readonly begins: RegExp;
  /** What the last line holds; null for a form of one line. */
  readonly ends: RegExp | null;
  /** Where the form stands; anywhere when absent. */
  readonly zones?: readonly Zone[];
  readonly report: typeof errorAt;
  readonly code: string;
  readonly message: string;
}

const noScript = "Scripts are never run; write the request's values as variables and delete the script.";
const notRun = "This response handler is not run: nothing in a request file is evaluated as code.";
const endOfBraces = /^\}\}/;

/** The first form that fits counts. */
const foreignForms: readonly ForeignForm[] = [
  {
    begins: /^<[ \t]+\{%/,
    ends: /%\}/,
    report: errorAt,
    code: "E_SCRIPT",
    message: noScript,
  },
  {
    begins: /^\{\{@(?:response|streaming|after|responseLogging)[ \t]*$/i,
    ends: endOfBraces,
    report: warningAt,
    code: "W_SCRIPT",
    message: notRun,
  },
  {
    begins: /^\{\{(?:[@+][\w.+-]*)?[ \t]*$/,
    ends: endOfBraces,
    zones: ["beforeRequest"],
    report: errorAt,
    code: "E_SCRIPT",
    message: noScript,
  },
  {
    begins: /^\{\{(?:@request|\+\w*)[ \t]*$/i,
    ends: endOfBraces,
    report: errorAt,
    code: "E_SCRIPT",
    message: noScript,
  },
  {
    begins: /^\{\{[ \t]*$/,
    ends: endOfBraces,
    report: warningAt,
    code: "W_SCRIPT",
    message: notRun,
  },
  {
    begins: /^>[ \t]+\{%/,
    ends: /%\}/,
    report: warningAt,
    code: "W_SCRIPT",
    message: notRun,
  },
  {
    begins: /^>[ \t]+\S+\.js$/,
    ends: null,
    report: warningAt,
    code: "W_SCRIPT",
    message: notRun,
  },
  {
    begins: /^>>!?[ \t]+\S+$/,
    ends: null,
    report: warningAt,
    code: "W_SAVE_LATER",
    message: "Saving the response to a file is not supported yet; this line is ignored.",
  },
  {
    begins: /^<>[ \t]+\S+$/,
    ends: null,
    report: hintAt,
    code: "H_RESPONSE_REFERENCE",
    message: "This refers to a response that another tool stored; it is not part of the request.",
  },
  {
    begins: /^\?\?[ \t]+\S/,
    ends: null,
    report: warningAt,
    code: "W_ASSERTION_LATER",
    message: "Assertions in this form are not checked; this line is ignored.",
  },
];

/** The first line of a response, as httpYac stores it below a request. */
const storedResponse = /^HTTP\/\d(?:\.\d)?[ \t]+[1-5]\d\d(?:[ \t]|$)/;

/** Bodies of these kinds hold no response of their own: what looks like one was stored there. */
const kindsWithoutMessages: readonly (BodyKind | null)[] = ["json", "ndjson", "form", "untyped", null];

/** The zone of a body of this kind; null when the kind is not known. */
export function zoneOfBody(kind: BodyKind | null): Zone {
  return kindsWithoutMessages.includes(kind) ? "afterRequest" : "inText";
}

/** True for the status line of a response. */
export function isStatusLine(text: string): boolean {
  return storedResponse.test(text);
}

/** The lines of another tool that begin at `index`, or null. */
export function foreignLinesAt(lines: readonly Line[], index: number, zone: Zone): ForeignLines | null {
  const line = lines[index];
  if (line === undefined || !/^[<>?{H]/.test(line.text)) return null;
  if (line.text.startsWith("H")) return storedResponseAt(lines, line, index, zone);
  const form = formOf(line, zone);
  if (form === undefined) return null;
  const problem = form.report(rangeIn(line, 0, endOfText(line.text, 0)), form.code, form.message);
  return { end: form.ends === null ? index + 1 : endOfForm(lines, index, form.ends), problem };
}

function formOf({ text }: Line, zone: Zone): ForeignForm | undefined {
  const written = text.slice(0, endOfText(text, 0));
  return foreignForms.find(({ begins, zones }) => begins.test(written) && zones?.includes(zone) !== false);
}

/** A response that httpYac wrote below a request: up to the next line of another tool, a handler for instance. */
function storedResponseAt(
  lines: readonly Line[],
  line: Line,
  index: number,
  zone: Zone,
): ForeignLines | null {
  const isBehindGap = isBlankText(lines[index - 1]?.text ?? "");
  if (zone !== "afterRequest" || !isBehindGap || !storedResponse.test(line.text)) return null;
  let end = index + 1;
  while (end < lines.length && formOf(lines[end] ?? line, zone) === undefined) end++;
  const message =
    "This stored response is not sent, nor is what follows it; give the request the Content-Type `message/http` to send it.";
  return { end, problem: hintAt(rangeIn(line, 0, endOfText(line.text, 0)), "H_RESPONSE_STORED", message) };
}

function endOfForm(lines: readonly Line[], start: number, ends: RegExp): number {
  let index = start;
  while (index < lines.length && !ends.test(lines[index]?.text ?? "")) index++;
  return Math.min(index + 1, lines.length);
}
