import type { HeaderLine, RequestBlock, RequestChange, RequestFile, TextEdit, TextRange } from "../stages.ts";

/**
 * Where a change of a request goes in its text. Null when the text does not show the place: a path in a variable, a
 * directive of the preamble, which holds for other requests too.
 */
export function changeRequest(
  file: Pick<RequestFile, "preamble">,
  block: RequestBlock,
  change: RequestChange,
): TextEdit | null {
  switch (change.kind) {
    case "directive":
      return changeDirective(file, block, change.key, change.value);
    case "header":
      return changeHeader(block, change.name, change.value);
    case "target":
      return changeTarget(block, change.from, change.to);
  }
}

function changeDirective(
  { preamble }: Pick<RequestFile, "preamble">,
  block: RequestBlock,
  key: string,
  value: string | null,
): TextEdit | null {
  const own = block.directives.findLast((directive) => directive.key.text === key);
  if (value === null) {
    if (own === undefined || preamble.directives.some((directive) => directive.key.text === key)) return null;
    return withoutLineOf(own.key.range);
  }
  if (own !== undefined && own.value.text !== "") return { range: own.value.range, text: value };
  const { line } = block.method.range.start;
  return insertion(line, 0, `# @${key} ${value}\n`);
}

function changeHeader(block: RequestBlock, name: string, value: string | null): TextEdit | null {
  const typed = block.headers.filter((header) => header.name.text.toLowerCase() === name.toLowerCase());
  const [first, ...more] = typed;
  if (more.length > 0) return null;
  if (value === null) return first === undefined ? null : withoutLineOf(first.name.range);
  if (first !== undefined) return { range: first.value.range, text: value };
  const { line, column } = endOfHead(block);
  return insertion(line, column, `\n${name}: ${value}`);
}

/** Behind the last header, or behind the URL when there is none. */
function endOfHead({ headers, target, method }: RequestBlock): TextRange["end"] {
  const last: HeaderLine | undefined = headers.at(-1);
  return (last?.value ?? target.at(-1) ?? method).range.end;
}

/** Only where the characters stand once in the text, as they were sent. */
function changeTarget({ target }: RequestBlock, from: string, to: string): TextEdit | null {
  const found = target.flatMap(({ text, range }) => {
    const at = text.indexOf(from);
    return at === -1 || text.includes(from, at + 1) ? [] : [{ line: range.start.line, at, range }];
  });
  const [only, ...more] = found;
  if (only === undefined || more.length > 0 || from === "") return null;
  const { line } = only;
  const column = only.range.start.column + only.at;
  return { range: { start: { line, column }, end: { line, column: column + from.length } }, text: to };
}

function insertion(line: number, column: number, text: string): TextEdit {
  const place = { line, column };
  return { range: { start: place, end: place }, text };
}

/** The whole line with its end; there is always one below, the request line or its headers' blank one, or nothing. */
function withoutLineOf({ start: { line } }: TextRange): TextEdit {
  return { range: { start: { line, column: 0 }, end: { line: line + 1, column: 0 } }, text: "" };
}
