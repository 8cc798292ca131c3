import type { Problem, RequestBlock, RequestFile, TextRange } from "../../src/stages.ts";

/** Where each line begins, line ends of all three kinds, a byte order mark left out as editors do. */
function linesOf(document: string): readonly { readonly start: number; readonly length: number }[] {
  const lines: { start: number; length: number }[] = [];
  let start = 0;
  for (const match of document.matchAll(/\r\n|\n|\r|$/g)) {
    if (match[0] === "" && match.index < document.length) continue;
    lines.push({ start, length: match.index - start });
    start = match.index + match[0].length;
  }
  return lines;
}

/** The text that a range covers; throws when the range leaves the document. */
export function underlined(document: string, range: TextRange): string {
  const text = document.replace(/^\ufeff/, "");
  const lines = linesOf(text);
  const offset = ({ line, column }: TextRange["start"]): number => {
    const found = lines[line];
    if (found === undefined || column < 0 || column > found.length) {
      throw new RangeError(`${line}:${column} lies outside the document`);
    }
    return found.start + column;
  };
  const [start, end] = [offset(range.start), offset(range.end)];
  if (end < start) throw new RangeError(`the range ends before it begins: ${JSON.stringify(range)}`);
  return text.slice(start, end);
}

/** Each problem as its code and the text it stands on. */
export function marked(
  document: string,
  problems: readonly Problem[],
): readonly (readonly [string, string])[] {
  return problems.map(({ code, range }) => [code, underlined(document, range)] as const);
}

/** Every range of a parsed file. */
export function rangesOf(file: RequestFile): readonly TextRange[] {
  const named = [...file.preamble.variables, ...file.requests.flatMap(({ variables }) => variables)];
  const directives = [...file.preamble.directives, ...file.requests.flatMap((request) => request.directives)];
  return [
    ...file.problems.map(({ range }) => range),
    ...named.flatMap(({ name, value }) => [name.range, value.range]),
    ...directives.flatMap(({ key, value }) => [key.range, value.range]),
    ...file.requests.flatMap((request) => [
      request.range,
      request.method.range,
      ...request.target.map(({ range }) => range),
      ...request.headers.flatMap(({ name, value }) => [name.range, value.range]),
      ...request.body.map((part) => (part.kind === "text" ? part.text.range : part.path.range)),
    ]),
  ];
}

/** A request without its ranges, as short as it can be written. */
export interface Outline {
  readonly title: string;
  readonly name: string | null;
  readonly line: string;
  readonly headers: readonly string[];
  readonly body: readonly string[];
  readonly directives: readonly string[];
  readonly variables: readonly string[];
}

/** A request without its ranges. */
export function outlineOf(request: RequestBlock): Outline {
  return {
    title: request.title,
    name: request.name,
    line: `${request.method.text} ${request.target.map(({ text }) => text).join("")}`,
    headers: request.headers.map(({ name, value }) => `${name.text}: ${value.text}`),
    body: request.body.map((part) => (part.kind === "text" ? part.text.text : `< ${part.path.text}`)),
    directives: request.directives.map(({ key, value }) => `${key.text} ${value.text}`.trimEnd()),
    variables: request.variables.map(({ name, value }) => `${name.text}=${value.text}`),
  };
}

/** An outline with nothing but what is given. */
export function outline(given: Partial<Outline>): Outline {
  return { title: "", name: null, line: "", headers: [], body: [], directives: [], variables: [], ...given };
}
