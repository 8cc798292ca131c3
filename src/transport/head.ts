import type { Field } from "../stages.ts";

const nonAscii = /[\u0080-\u00ff]/;

/** Text of a head: the bytes (given as Latin-1, as Node does) read as UTF-8 if they are, else as Latin-1. */
export function headText(latin1: string): string {
  if (!nonAscii.test(latin1)) return latin1;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, "latin1"));
  } catch {
    return latin1;
  }
}

/** A head's text as the Latin-1 string that Node puts on the wire byte by byte: UTF-8 in the end. */
export function wireText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** `[name, value, name, value, …]` as fields: order, case, duplicates and hostile names kept. */
export function fieldsOf(raw: readonly string[]): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    fields.push([headText(raw[at] ?? ""), headText(raw[at + 1] ?? "")]);
  }
  return fields;
}

/** Every value of the field of that name, in order. `name` in lower case. */
export function fieldValues(fields: readonly Field[], name: string): readonly string[] {
  return fields.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}
