import { domainToASCII } from "node:url";

/** Known texts shorter than this are looked for where they stand alone: elsewhere they would be found in everything. */
export const shortest = 6;

/**
 * What is looked for of a private value: itself, as a host's name and a header's name are written, and the parts that a
 * URL or a query comes apart into on its way.
 */
export function privateTexts(value: string): readonly string[] {
  const texts = [value, value.trim(), value.toLowerCase(), ...hostForm(value), ...partsOf(value)];
  return [...new Set(texts)].filter((text) => text.length >= shortest);
}

function hostForm(value: string): readonly string[] {
  return /^[^\s/?#@]{1,253}$/.test(value) && /[^\0-\x7f]/.test(value) ? [domainToASCII(value)] : [];
}

function partsOf(value: string): readonly string[] {
  const url = /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/is.exec(value);
  if (url !== null) return [(url[1] ?? "").replace(/\/$/, ""), ...pairValues(url[2] ?? "")];
  return /[?&]/.test(value) ? pairValues(value.slice(value.indexOf("?") + 1)) : [];
}

function pairValues(query: string): readonly string[] {
  return query.split("&").map((pair) => pair.slice(pair.indexOf("=") + 1));
}

/**
 * Hides short private values where they are the whole of something: a header's value, a query's, a JSON string, an XML
 * text; from four characters on a segment of a path as well.
 */
export function shortValues(values: readonly string[], mask: string): (text: string) => string {
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
