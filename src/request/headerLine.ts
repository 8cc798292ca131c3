import type { HeaderLine, Problem } from "../stages.ts";
import { foreignAuthorization } from "./authorizationWords.ts";
import {
  characterProblems,
  controlCharacterFault,
  hiddenCharacterFault,
  surrogateFault,
  tokenPattern,
} from "./characters.ts";
import type { Line } from "./lines.ts";
import { endOfText, rangeIn, skipBlanks, spanOf, trimmedSpan } from "./lines.ts";
import { errorAt, hintAt } from "./problem.ts";
import { holdsReference, isOneReference, unclosedReferences } from "./references.ts";

/** A header line understood, or null with the reason among `problems`. */
export interface HeaderReading {
  readonly header: HeaderLine | null;
  readonly problems: readonly Problem[];
}

/**
 * Reads `Name: value`, or a `{{variable}}` that holds both. Blanks before the name and before the colon are left out,
 * with a hint; an indented line that is no header is refused: folded headers are gone since RFC 7230.
 */
export function readHeaderLine(line: Line): HeaderReading {
  const start = skipBlanks(line.text, 0);
  const whole = trimmedSpan(line);
  if (isOneReference(whole.text)) {
    const value = spanOf(line, start + whole.text.length, start + whole.text.length);
    return { header: { name: whole, value, isVariable: true }, problems: indentHints(line, start) };
  }
  const colon = colonOf(line.text);
  if (start > 0 && !looksLikeHeader(line.text)) return { header: null, problems: [indented(line)] };
  if (colon < 0) return { header: null, problems: [withoutColon(line)] };
  const name = spanOf(line, start, endOfText(line.text, start, colon));
  const header: HeaderLine = { name, value: trimmedSpan(line, colon + 1) };
  const hints = [...indentHints(line, start), ...blankHints(line, start + name.text.length, colon)];
  return { header, problems: [...hints, ...headerLineProblems(header)] };
}

/** True for a line, indented or not, that begins with a header's name and a colon. */
export function looksLikeHeader(text: string): boolean {
  const name = text.slice(0, Math.max(colonOf(text), 0)).trim();
  return tokenPattern.test(name) || (name.startsWith("{{") && holdsReference(name));
}

function indentHints(line: Line, end: number): readonly Problem[] {
  if (end === 0) return [];
  const message = "This indented line is read as a header; headers begin in the first column.";
  return [hintAt(rangeIn(line, 0, end), "H_LINE_INDENTED", message)];
}

function blankHints(line: Line, end: number, colon: number): readonly Problem[] {
  if (end === colon) return [];
  const message = "The blank before the colon is not sent: a header's name ends with its colon.";
  return [hintAt(rangeIn(line, end, colon), "H_HEADER_BLANK", message)];
}

/** The first colon, or the one after the `{{…}}` that the line begins with. */
function colonOf(text: string): number {
  const colon = text.indexOf(":");
  const open = text.indexOf("{{");
  if (open < 0 || colon < open) return colon;
  const close = text.indexOf("}}", open);
  return close < 0 ? colon : text.indexOf(":", close);
}

function headerLineProblems({ name, value }: HeaderLine): readonly Problem[] {
  return [
    ...characterProblems(name, "The header name", [hiddenCharacterFault]),
    ...headerNameProblems({ name, value }),
    ...characterProblems(value, `The value of ${name.text}`, [controlCharacterFault, surrogateFault]),
    ...unclosedReferences(name),
    ...unclosedReferences(value),
    ...(hasOnlyReferences(value.text) ? [] : keysInAuthorization(name.text, value.text, value.range)),
    ...foreignAuthorization(name.text, value.text, value.range),
  ];
}

/**
 * `AWS` with nothing but variables as keys: what they hold tells whether a key stands in a shared file. Region and service
 * are no secrets.
 */
export function hasOnlyReferences(value: string): boolean {
  const keys = value.replace(/[ \t]+(?:region|service):[^ \t]*/gi, "");
  return /^AWS(?:[ \t]+(?:token:)?\{\{[^{}]*\}\})+$/i.test(keys.trim());
}

function headerNameProblems({ name }: HeaderLine): readonly Problem[] {
  if (name.text.includes("{{") && (holdsReference(name.text) || unclosedReferences(name).length > 0))
    return [];
  const fault = headerNameFault(name.text);
  return fault === null ? [] : [errorAt(name.range, "E_HEADER_NAME", fault)];
}

/** Why a text cannot be a header name, as a sentence; null when it can. */
export function headerNameFault(name: string): string | null {
  if (tokenPattern.test(name)) return null;
  if (name === "") return "This header has no name before its colon.";
  const trimmed = name.slice(0, endOfText(name, 0));
  if (tokenPattern.test(trimmed)) return `Delete the blank between \`${trimmed}\` and its colon.`;
  return "A header name is made of letters, digits and hyphens; if this line is body, put an empty line before it.";
}

/**
 * `E_AUTHORIZATION_KEYS` for `Authorization: AWS <id> <secret>`, as other tools write it. The key is never repeated.
 */
export function keysInAuthorization(
  name: string,
  value: string,
  range: Problem["range"],
): readonly Problem[] {
  if (name.toLowerCase() !== "authorization" || !/^AWS[ \t]+[^ \t]+[ \t]+[^ \t]/i.test(value)) return [];
  return [authorizationKeysProblem(range)];
}

/** `E_AUTHORIZATION_KEYS` at its place. */
export function authorizationKeysProblem(range: Problem["range"]): Problem {
  return errorAt(
    range,
    "E_AUTHORIZATION_KEYS",
    "This header holds AWS keys; move them to a profile (`aws configure --profile NAME`) and replace the header by `# @profile NAME` above the request, or move them to http-client.private.env.json.",
  );
}

function indented(line: Line): Problem {
  const message =
    "This indented line is no header and continues no URL: a header stands on one line, and lines that continue the URL begin with `/`, `?` or `&`.";
  return errorAt(rangeIn(line, 0, endOfText(line.text, 0)), "E_LINE_INDENTED", message);
}

function withoutColon(line: Line): Problem {
  const message =
    "This line is no header: it has no colon; write `Name: value`, or put an empty line before it if the body begins here.";
  return errorAt(rangeIn(line, 0, endOfText(line.text, 0)), "E_HEADER_COLON", message);
}
