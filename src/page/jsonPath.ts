import { getLocation } from "jsonc-parser";

/** What stands at a place of a JSON text: its path as RFC 9535 writes it. */
export function jsonPathAt(text: string, offset: number): string {
  const { path } = getLocation(text, offset);
  return path.reduce<string>((path_, part) => path_ + segment(part), "$");
}

function segment(part: string | number): string {
  if (typeof part === "number") return `[${part}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `.${part}` : `[${quoted(part)}]`;
}

/** RFC 9535's single-quoted name selector. */
function quoted(name: string): string {
  const escaped = JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

/** The value on one line of re-indented JSON, without its key and comma; null for lines that only open or close. */
export function valueOnLine(line: string): string | null {
  const value = line.replace(/^\s*(?:"(?:[^"\\]|\\.)*":\s)?/, "").replace(/,$/, "");
  if (value === "" || /^[[\]{}]+$/.test(value)) return null;
  if (!value.startsWith('"')) return value;
  const parsed: unknown = parseText(value);
  return typeof parsed === "string" ? parsed : null;
}

/** A string token as the text it stands for. */
function parseText(token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    return null;
  }
}
