import { maskSource } from "./masks.ts";
import { kindOfName, type NameKind, valueOfKind } from "./secretNames.ts";

/** How every name ends that may say something of its value; `kindOfName` decides. */
const ending =
  "(?:token|secret[a-z_]{0,10}|key(?:[-_]?pem)?|keyid|key[-_]id|pass(?:word|wd|phrase|code)|cookie2?|plaintext|material|mfa|dpop)";

/** The longest name that is looked at. */
const longestName = 64;

/** `"…name": "value"` in JSON, `\"…name\": \"value\"` in JSON inside JSON, and deeper. Each is linear. */
const members: readonly RegExp[] = [
  memberOf("", String.raw`(?:[^"\\]|\\[^])*`),
  memberOf(String.raw`\\`, String.raw`(?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))*`),
  memberOf(String.raw`\\{2,7}`, String.raw`[^"\\]*`),
];

const parameter = new RegExp(`(${ending})(=)((?:${maskSource}|[^&\\s"'<>#\\\\])+)`, "gi");
const element = new RegExp(`(${ending})((?:\\s[^<>]{0,200})?>)([^<]+)`, "gi");
const cdata = new RegExp(`(${ending})((?:\\s[^<>]{0,200})?><!\\[CDATA\\[)((?:[^\\]]|\\](?!\\]>))+)`, "gi");
const headerLine = /((?:^|[\r\n])[ \t<>*]{0,4})([A-Za-z][\w-]{0,63})([ \t]{0,8}:[ \t]{0,8})([^\r\n]+)/g;

/**
 * Hides values by the names before them: members of JSON, elements of XML, parameters of queries and forms, header
 * lines. Whose they are makes no difference.
 */
export function hideNamed(text: string): string {
  let hidden = hideMembers(text);
  hidden = behindName(hidden, parameter, /[\w.-]*$/, null);
  if (hidden.includes("<")) {
    hidden = behindName(hidden, element, /[\w.:-]*$/, "<");
    hidden = behindName(hidden, cdata, /[\w.:-]*$/, "<");
  }
  return hidden.replace(headerLine, (whole, before: string, name: string, colon: string, value: string) => {
    const kind = shownKind(name);
    return kind === null ? whole : `${before}${name}${colon}${valueOfKind(kind, value)}`;
  });
}

/** Members of JSON alone: what has that form is no accident, even among bytes that are no text. */
export function hideMembers(text: string): string {
  return members.reduce((hidden, member) => behindName(hidden, member, /[\w.-]*$/, '"'), text);
}

/** @param lead what stands before the name; null for anything that is no part of one */
function behindName(text: string, pattern: RegExp, start: RegExp, lead: string | null): string {
  return text.replace(pattern, (whole, end: string, between: string, value: string, at: number) => {
    const before = text.slice(Math.max(0, at - longestName), at);
    const begun = start.exec(before)?.[0] ?? "";
    if (lead !== null && !before.endsWith(lead + begun)) return whole;
    const kind = shownKind(`${begun.replace(/^.*:/, "")}${end}`);
    return kind === null || isHidden(value) ? whole : `${end}${between}${valueOfKind(kind, value)}`;
  });
}

/** Hidden by its shape before, as far as its shape goes. */
function isHidden(value: string): boolean {
  return value.startsWith("‹secret›") || value.startsWith("‹token, ");
}

/** Authorization is known by its shape, wherever it stands. */
function shownKind(name: string): Exclude<NameKind, "authorization"> | null {
  const kind = kindOfName(name);
  return kind === "authorization" ? null : kind;
}

/** @param before what stands before each quotation mark; a list of header fields has its values in brackets */
function memberOf(before: string, value: string): RegExp {
  return new RegExp(`(${ending})(${before}"\\s{0,20}:\\s{0,20}\\[?\\s{0,20}${before}")(${value})`, "gi");
}
