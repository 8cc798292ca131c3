import type { ByteString, RawRequest } from "./rawRequest.ts";

/** Lower-case header name → canonical value: trimmed, blanks collapsed, duplicates joined with `,` in order. */
export type HeaderValues = ReadonlyMap<string, ByteString>;

/** The canonical values of all headers of a request; a folded line is a run of blanks. */
export function headerValues(headers: RawRequest["headers"]): HeaderValues {
  const values = new Map<string, ByteString>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = values.get(key);
    const canonical = canonicalValue(value);
    values.set(key, before === undefined ? canonical : `${before},${canonical}`);
  }
  return values;
}

/** The canonical headers block: `name:value` and a newline for each name, in the order given. */
export function canonicalHeaders(values: HeaderValues, names: readonly string[]): ByteString {
  return names.map((name) => `${name}:${values.get(name) ?? ""}\n`).join("");
}

// Not `\s`: in a byte string that would eat 0xA0, which is half of many a UTF-8 character.
function canonicalValue(value: ByteString): ByteString {
  return value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
}
