import type { ResolvedRequest } from "../stages.ts";

/** A piece of a request with the words for where it stands. */
interface PlacedText {
  readonly text: string;
  readonly where: string;
}

/** CR, LF and NUL end a line (or a string) for somebody on the way. */
const lineEnds: ReadonlyMap<string, string> = new Map([
  ["\r", "a carriage return (CR)"],
  ["\n", "a line feed (LF)"],
  ["\0", "a NUL"],
]);

const plain = /^[\x20-\x7e]*$/;

/** Bidirectional controls, zero-width and other characters without a shape. */
const hidden = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The texts of a request that a check must see. For "control": all that goes on a line of the head.
 * For "hidden": what a person reads to know where the request goes and as whom; header values may hold anything.
 */
export function textsOf(request: ResolvedRequest, check: "control" | "hidden"): readonly PlacedText[] {
  const line = request.line + 1;
  const { typed, path, query } = request.target;
  const requestLine = [
    { text: request.method, where: `The method on line ${line}` },
    { text: typed, where: `The URL on line ${line}` },
    { text: path, where: `The path on line ${line}` },
    { text: query ?? "", where: `The query on line ${line}` },
  ];
  const names = request.headers.map((header) => ({
    text: header.name,
    where: `The name of a header${header.range === undefined ? "" : ` on line ${header.range.start.line + 1}`}`,
  }));
  if (check === "hidden") return [...requestLine, ...names, ...directiveTexts(request)];
  const values = request.headers.map(({ name, value }) => ({
    text: value,
    where: `The header ${JSON.stringify(name)}`,
  }));
  return [...requestLine, ...names, ...values];
}

/** What stands between `//` and the path in a URL as typed; "" for a bare path. */
export function typedAuthority(typed: string): string {
  const absolute = /^\s*[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(typed)?.[1];
  return absolute ?? /^[^/?#]*/.exec(typed)?.[0] ?? "";
}

/** The first CR, LF or NUL, in words; null when there is none. */
export function controlIn(text: string): string | null {
  for (const [character, name] of lineEnds) {
    if (text.includes(character)) return name;
  }
  return null;
}

/** The first invisible character as `U+202E`; null when there is none. */
export function hiddenIn(text: string): string | null {
  // Most text is plain ASCII, and making a matcher for Unicode's classes takes a millisecond.
  if (plain.test(text)) return null;
  const code = hidden.exec(text)?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function directiveTexts({ settings }: ResolvedRequest): readonly PlacedText[] {
  return Object.entries(settings).map(([key, setting]) => ({
    text: typeof setting.value === "object" ? JSON.stringify(setting.value) : String(setting.value),
    where: `\`@${key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}\` (${setting.source})`,
  }));
}
