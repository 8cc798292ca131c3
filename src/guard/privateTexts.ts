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
