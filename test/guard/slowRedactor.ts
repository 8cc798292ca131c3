import {
  describeToken,
  maskEnd,
  maskKeyId,
  maskSource,
  privateMask,
  secretMask,
  signatureMask,
} from "../../src/guard/masks.ts";
import { privateTexts, shortest } from "../../src/guard/privateTexts.ts";
import type { KnownSecrets } from "../../src/guard/redactor.ts";
import { kindOfName, type NameKind, valueOfKind } from "../../src/guard/secretNames.ts";
import { authorizationText, type ShapeOptions } from "../../src/guard/secretShapes.ts";

/** What a redactor of these secrets makes of a text: place by place and expression by expression, slow and plain. */
export function slowlyRedacted(text: string, secrets: KnownSecrets, options: ShapeOptions): string {
  const short = shortValues(secrets.privateValues, privateMask);
  return hideNamed(hideShapes(short(hideKnown(text, secrets)), options));
}

interface Needle {
  readonly text: string;
  readonly mask: string;
}

function needlesOf(secrets: KnownSecrets): readonly Needle[] {
  return [
    ...secrets.secrets.map((text) => ({ text, mask: secretMask })),
    ...secrets.sessionTokens.map((text) => ({ text, mask: describeToken(text) })),
    ...secrets.accessKeyIds.map((text) => ({ text, mask: maskKeyId(text) })),
    ...secrets.privateValues.flatMap(privateTexts).map((text) => ({ text, mask: privateMask })),
  ].filter(({ text }) => text.length >= shortest);
}

/** The longest form at each place, of two alike the first. */
function hideKnown(text: string, secrets: KnownSecrets): string {
  const forms = needlesOf(secrets).flatMap(({ text: known, mask }) =>
    writtenForms(known).map((form) => ({ mask, characters: Array.from(form, spell) })),
  );
  let hidden = "";
  for (let at = 0; at < text.length; ) {
    let best = { end: at, mask: "" };
    for (const { characters, mask } of forms) {
      const end = endOf(characters, text, at);
      if (end > best.end) best = { end, mask };
    }
    const end = best.end > at ? best.end : Math.max(at + 1, forms.length > 0 ? maskEnd(text, at) : -1);
    hidden += best.end > at ? best.mask : text.slice(at, end);
    at = end;
  }
  return hidden;
}

/** A character and the encoded ways to write it. */
interface Spelled {
  readonly character: string;
  readonly encoded: readonly string[];
}

function endOf(characters: readonly Spelled[], text: string, start: number): number {
  let at = start;
  for (const { character, encoded } of characters) {
    const found = encoded.find((spelling) => text.startsWith(spelling, at));
    const isBlank = character === " " && text[at] === "+";
    if (found === undefined && !isBlank && !text.startsWith(character, at)) return -1;
    at += found?.length ?? (isBlank ? 1 : character.length);
  }
  return at;
}

/** The text itself, its bytes read as Latin-1, its base64 cores (at each alignment, both alphabets), its hex. */
function writtenForms(text: string): readonly string[] {
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  return [...new Set([text, bytes.toString("latin1"), ...base64Cores(bytes), hex, hex.toUpperCase()])];
}

/** The base64 characters that depend on the bytes alone, for each of the three places in a group at which they may begin. */
function base64Cores(bytes: Uint8Array): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const core = padded.toString("base64").slice(first, Math.floor((padded.length * 8) / 6));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

const jsonShort: ReadonlyMap<string, string> = new Map([
  ["\n", "n"],
  ["\r", "r"],
  ["\t", "t"],
  ["\b", "b"],
  ["\f", "f"],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["'", "'"],
]);

const htmlNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["&", ["&amp;"]],
  ["<", ["&lt;"]],
  [">", ["&gt;"]],
  ['"', ["&quot;"]],
  ["'", ["&apos;"]],
  ["/", ["&sol;"]],
  ["+", ["&plus;"]],
  ["=", ["&equals;"]],
]);

function spell(character: string): Spelled {
  const encoded = [...percentSpellings(character), ...jsonSpellings(character), ...htmlSpellings(character)];
  return { character, encoded: [...new Set(encoded)].filter((spelling) => spelling !== character) };
}

function percentSpellings(character: string): readonly string[] {
  const bytes = [...Buffer.from(character, "utf8")].map((byte) => byte.toString(16).padStart(2, "0"));
  return inBothCases(bytes.map((byte) => `%${byte}`).join("")).flatMap((once) => [
    once.replaceAll("%", "%25"),
    once,
  ]);
}

function jsonSpellings(character: string): readonly string[] {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  const long = units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  const upper = long.toUpperCase().replaceAll("\\U", "\\u");
  const short = jsonShort.get(character);
  const once = [long, upper, ...(short === undefined ? [] : [`\\${short}`])];
  // Twice: JSON inside a JSON string, as in a log line.
  return once.flatMap((spelling) => [spelling.replaceAll("\\", "\\\\").replaceAll('"', '\\"'), spelling]);
}

function htmlSpellings(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const hex = [code.toString(16), code.toString(16).padStart(2, "0"), code.toString(16).padStart(4, "0")];
  const numeric = hex.flatMap(inBothCases).flatMap((digits) => [`&#x${digits};`, `&#X${digits};`]);
  const decimal = [`&#${code};`, `&#${code.toString().padStart(3, "0")};`];
  return [...numeric, ...decimal, ...(htmlNames.get(character) ?? [])];
}

function inBothCases(text: string): readonly string[] {
  return [...new Set([text.toLowerCase(), text.toUpperCase()])];
}

function shortValues(values: readonly string[], mask: string): (text: string) => string {
  const short = [...new Set(values)].filter((value) => value !== "" && value.length < shortest);
  if (short.length === 0) return (text) => text;
  const forms = [
    ...new Set(short.flatMap((value) => [value, encodeURIComponent(Buffer.from(value).toString())])),
  ];
  const pattern = new RegExp(
    forms
      .sort((one, other) => other.length - one.length)
      .map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"))
      .join("|"),
    "g",
  );
  return (text) =>
    text.replace(pattern, (found: string, at: number) =>
      standsAlone(text, at, at + found.length) ? mask : found,
    );
}

function standsAlone(text: string, start: number, end: number): boolean {
  if (start === 0 && end === text.length) return true;
  const [before, after] = [text.charAt(start - 1), text.charAt(end)];
  switch (before) {
    case '"':
      return after === '"' && !/^\s{0,8}:/.test(text.slice(end + 1, end + 10));
    case "\\":
      return false;
    case ">":
      return after === "<";
    case "=":
      return (
        isEnd(after, "&") &&
        /(?:^|[?&\s])[^=&#\s"<>]{1,100}=$/.test(text.slice(Math.max(0, start - 103), start))
      );
    case "/":
      return end - start >= 4 && isEnd(after, "/");
    default:
      return (
        /[: \t]/.test(before) &&
        /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 10)) &&
        /(?:^|[\r\n])[ \t<>*]{0,4}[\w-]{1,100}:[ \t]{0,8}$/.test(text.slice(Math.max(0, start - 120), start))
      );
  }
}

function isEnd(after: string, separator: string): boolean {
  return after === "" || after === separator || /[?#&\s"'<>\\]/.test(after);
}

interface Shape {
  readonly pattern: RegExp;
  readonly replace: (before: string, value: string, options: ShapeOptions) => string;
}

const hideSecret = unlessEmpty(() => secretMask);
const hideToken = unlessEmpty(describeToken);
const hideKeyId = unlessEmpty(maskKeyId);

/** Nothing and JSON's words stay. */
function unlessEmpty(hide: (value: string) => string): Shape["replace"] {
  return (before, value) =>
    value === "" || (/^(?:null|true|false)[\]}]*$/.test(value) && /["'][ \t]*:[\s[]*$/.test(before))
      ? `${before}${value}`
      : `${before}${hide(value)}`;
}

/** A separator between a name and its value: `: `, `=`, `": "`, `\": \"`, in JSON, INI, headers and queries. */
const separator = String.raw`(?:\\{0,3}["'])?[ \t]{0,8}[:=][ \t]{0,8}(?:\[\s{0,40})?(?:\\{0,3}["'])?`;
const value = String.raw`(?:${maskSource}|[^\s"'\\&<>,;])`;

const secretNames = "(?:SecretAccessKey|aws_secret_access_key|aws_secret_key|SecretKey)";
const tokenNames = "(?:SessionToken|aws_session_token|aws_security_token|X-Amz-Security-Token)";
const keyIdNames = "(?:AccessKeyId|aws_access_key_id)";

const shapes: readonly Shape[] = [
  named(secretNames, `(?:${value}|\\\\/|\\\\u[0-9a-f]{4})*`, hideSecret),
  named(tokenNames, `(?:${value}|\\\\/|\\\\u[0-9a-f]{4})*`, hideToken),
  named(keyIdNames, `${value}*`, hideKeyId),
  element(secretNames, hideSecret),
  element(tokenNames, hideToken),
  element(keyIdNames, hideKeyId),
  // X-Amz-Credential=AKIA…/20150830/…, with its slashes encoded or not; and the Authorization header's Credential=.
  {
    pattern: /(\bCredential=)([\w+]{12,128})(?=%2F|\/)/gi,
    replace: hideKeyId,
  },
  {
    pattern: /(\bSignature=)([0-9a-f]{16,256})(?![0-9a-z])/gi,
    replace: (before, signature, { showSignature }) =>
      `${before}${showSignature ? signature : signatureMask}`,
  },
];

const keyIds: Shape = { pattern: /()\b((?:AKIA|ASIA)[A-Z0-9]{12,124})\b/g, replace: hideKeyId };

const quote = String.raw`\\{0,3}["']`;
const member = String.raw`${quote}[ \t]{0,8}:[ \t]{0,8}`;
const list = String.raw`\[\s{0,40}`;
const other = String.raw`(?:${quote})?[ \t]{0,8}[:=][ \t]{0,8}`;
const any = `(?:${member}(?:${list})?|${other})`;

/** What stands behind `authorization`, and the value: a list, a string, one in strings, another value of JSON, a line. */
const headers: readonly (readonly [kind: "list" | "value" | "bare", before: string, value: string])[] = [
  ["list", `${member}${list}`, String.raw`(?=")(?:"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^"\]])*`],
  ["value", `${any}"`, String.raw`(?:[^"\\\r\n]|\\[^\r\n])*`],
  ["value", `${any}'`, String.raw`(?:[^'\\\r\n]|\\[^\r\n])*`],
  ["value", String.raw`${any}\\"`, String.raw`(?:[^"\\\r\n]|\\\\(?:\\["\\]|[^"\\]))*`],
  ["value", String.raw`${any}\\{2,3}"`, String.raw`[^"\\\r\n]*`],
  ["value", String.raw`${any}\\{1,3}'`, String.raw`[^'\\\r\n]*`],
  ["bare", `${member}(?:${list})?(?!${quote})`, String.raw`[\w.+-]+`],
  ["value", `(?!${member})${other}`, String.raw`[^\r\n"'\\]+`],
];

function hideAuthorization(text: string, options: ShapeOptions): string {
  let [shown, at] = ["", 0];
  for (const { index } of text.matchAll(/\bauthorization/gi)) {
    const found = index < at ? null : headerAt(text.slice(index), options);
    if (found === null) continue;
    shown += text.slice(at, index) + found.shown;
    at = index + found.length;
  }
  return shown + text.slice(at);
}

function headerAt(
  text: string,
  options: ShapeOptions,
): { readonly shown: string; readonly length: number } | null {
  const masked = (value: string) => (value === "" ? "" : authorizationText(value, options));
  const show = {
    value: masked,
    bare: (value: string) => (/^(?:null|true|false)$/.test(value) ? value : `"${secretMask}"`),
    list: (value: string) =>
      value.replace(/"((?:[^"\\]|\\[\s\S])*)/g, (_all, each: string) => `"${masked(each)}`),
  };
  for (const [kind, before, value] of headers) {
    const found = new RegExp(`^(authorization${before})(${value})`, "i").exec(text);
    if (found === null) continue;
    const [{ length }, name = "", written = ""] = found;
    return { shown: name + show[kind](written), length };
  }
  return null;
}

/** Hides what is a secret by its shape, whoever's it is. */
function hideShapes(text: string, options: ShapeOptions): string {
  const hide = (hidden: string, { pattern, replace }: Shape): string =>
    hidden.replace(pattern, (_all, before: string, found: string) => replace(before, found, options));
  return hide(hideAuthorization(shapes.reduce(hide, text), options), keyIds);
}

function named(names: string, values: string, replace: Shape["replace"]): Shape {
  return { pattern: new RegExp(`(${names}${separator})(${values})`, "gi"), replace };
}

function element(names: string, replace: Shape["replace"]): Shape {
  return { pattern: new RegExp(`(<${names}>|&lt;${names}&gt;)([^<>&]*)`, "gi"), replace };
}

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
const xmlElement = new RegExp(`(${ending})((?:\\s[^<>]{0,200})?>)([^<]+)`, "gi");
const cdata = new RegExp(`(${ending})((?:\\s[^<>]{0,200})?><!\\[CDATA\\[)((?:[^\\]]|\\](?!\\]>))+)`, "gi");
const headerLine = /((?:^|[\r\n])[ \t<>*]{0,4})([A-Za-z][\w-]{0,63})([ \t]{0,8}:[ \t]{0,8})([^\r\n]+)/g;

/**
 * Hides values by the names before them: members of JSON, elements of XML, parameters of queries and forms, header
 * lines. Whose they are makes no difference.
 */
function hideNamed(text: string): string {
  let hidden = hideMembers(text);
  hidden = behindName(hidden, parameter, /[\w.-]*$/, null);
  if (hidden.includes("<")) {
    hidden = behindName(hidden, xmlElement, /[\w.:-]*$/, "<");
    hidden = behindName(hidden, cdata, /[\w.:-]*$/, "<");
  }
  return hidden.replace(headerLine, (whole, before: string, name: string, colon: string, value: string) => {
    const kind = shownKind(name);
    return kind === null ? whole : `${before}${name}${colon}${valueOfKind(kind, value)}`;
  });
}

/** Members of JSON alone: what has that form is no accident, even among bytes that are no text. */
function hideMembers(text: string): string {
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
