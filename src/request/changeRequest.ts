import type { HeaderLine, RequestBlock, RequestChange, RequestFile, TextEdit, TextRange } from "../stages.ts";
import { isSeen, literalText } from "./literalText.ts";

/** What a value of a directive that can be changed is made of. */
const directiveForm = /^[A-Za-z0-9-]+(?: [A-Za-z0-9-]+)*$/;

/** What a header that is put in is called: narrower than a token, so that its line can be read as nothing else. */
const headerForm = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** Characters of a path or a query that are sent as they are written. */
const targetForm = /^[!$-;=?-[\]_a-z~]*$/;

/**
 * True when the text of a change can stand in a request file at all. It may be a server's: what cannot be seen, what ends
 * a line and what would be read as something else is never written.
 */
export function canBeWritten(change: RequestChange): boolean {
  switch (change.kind) {
    case "directive":
      return change.value === null || directiveForm.test(change.value);
    case "header":
      return headerForm.test(change.name) && (change.value === null || isHeaderValue(change.value));
    case "target":
      return targetForm.test(change.to) && literalText(change.to) !== null;
  }
}

function isHeaderValue(value: string): boolean {
  return isSeen(value) && value.trim() === value && literalText(value) !== null;
}

/**
 * Where a change of a request goes in its text; what it writes there stands for itself. Null when the text does not show
 * the place (a path in a variable; a directive of the preamble, which holds for other requests too), and when the
 * change cannot be written there.
 */
export function changeRequest(
  file: Pick<RequestFile, "preamble">,
  block: RequestBlock,
  change: RequestChange,
): TextEdit | null {
  if (!canBeWritten(change)) return null;
  switch (change.kind) {
    case "directive":
      return changeDirective(file, block, change.key, change.value);
    case "header": {
      const { name, value } = change;
      return changeHeader(
        block,
        name,
        value === null || change.expands === true ? value : literalText(value),
      );
    }
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

/** Only where the characters stand once in the text behind the host, as they were sent. */
function changeTarget({ target }: RequestBlock, from: string, to: string): TextEdit | null {
  const places = target.flatMap(({ text, range }, index) =>
    placesOf(from, text, index === 0 ? endOfAuthority(text) : 0).map((at) => ({ text, range, at })),
  );
  const [only, ...more] = places;
  if (only === undefined || more.length > 0) return null;
  const { text, range, at } = only;
  const { line } = range.start;
  const column = range.start.column + at;
  const written = literalText(to, text.slice(0, at), text.slice(at + from.length));
  if (written === null) return null;
  return { range: { start: { line, column }, end: { line, column: column + from.length } }, text: written };
}

function placesOf(from: string, text: string, start: number): readonly number[] {
  const places: number[] = [];
  let at = from === "" ? -1 : text.indexOf(from, start);
  while (at !== -1) {
    places.push(at);
    at = text.indexOf(from, at + 1);
  }
  return places;
}

/** What goes to another host is no change of the path or the query. */
function endOfAuthority(text: string): number {
  return /^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/)?[^/?#]*/.exec(text)?.[0].length ?? 0;
}

function insertion(line: number, column: number, text: string): TextEdit {
  const place = { line, column };
  return { range: { start: place, end: place }, text };
}

/** The whole line with its end; there is always one below, the request line or its headers' blank one, or nothing. */
function withoutLineOf({ start: { line } }: TextRange): TextEdit {
  return { range: { start: { line, column: 0 }, end: { line: line + 1, column: 0 } }, text: "" };
}
