import type { HeaderLine, Problem } from "../stages.ts";
import {
  characterProblems,
  controlCharacterFault,
  hiddenCharacterFault,
  surrogateFault,
  tokenPattern,
} from "./characters.ts";
import type { Line } from "./lines.ts";
import { endOfText, rangeIn, spanOf, trimmedSpan } from "./lines.ts";
import { errorAt } from "./problem.ts";
import { holdsReference, unclosedReferences } from "./references.ts";

/** A header line understood, or null with the reason among `problems`. */
export interface HeaderReading {
  readonly header: HeaderLine | null;
  readonly problems: readonly Problem[];
}

/** Reads `Name: value`. A line that begins with a blank is refused: folded headers are gone since RFC 7230. */
export function readHeaderLine(line: Line): HeaderReading {
  if (/^[ \t]/.test(line.text)) return { header: null, problems: [indented(line)] };
  const colon = colonOf(line.text);
  if (colon < 0) return { header: null, problems: [withoutColon(line)] };
  const header: HeaderLine = { name: spanOf(line, 0, colon), value: trimmedSpan(line, colon + 1) };
  return { header, problems: headerLineProblems(header) };
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
    "This line is indented: a header begins in the first column, on one line, and only lines that begin with `?` or `&` continue the URL.";
  return errorAt(rangeIn(line, 0, endOfText(line.text, 0)), "E_LINE_INDENTED", message);
}

function withoutColon(line: Line): Problem {
  const message =
    "This line is no header: it has no colon; write `Name: value`, or put an empty line before it if the body begins here.";
  return errorAt(rangeIn(line, 0, endOfText(line.text, 0)), "E_HEADER_COLON", message);
}
