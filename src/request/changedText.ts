import type { RequestBlock, RequestChange, RequestFile, TextEdit } from "../stages.ts";
import { changeRequest } from "./changeRequest.ts";
import { splitLines } from "./lines.ts";
import { literalMeaning } from "./literalText.ts";
import { parseRequestFile } from "./parse.ts";
import { requestAt } from "./selectRequest.ts";

/** A document after a change of one of its requests. */
export interface ChangedText {
  readonly edit: TextEdit;
  readonly text: string;
  /** Both as they are read after it. */
  readonly file: RequestFile;
  readonly block: RequestBlock;
}

/**
 * Makes a change in a document and reads it again. `nowhere`: the text does not show the place; `refused`: what would
 * stand there is read as anything else than this one change.
 * @param line zero-based, of the request
 */
export function changedText(
  text: string,
  line: number,
  change: RequestChange,
  file: RequestFile = parseRequestFile(text),
): ChangedText | "nowhere" | "refused" {
  const block = requestAt(file.requests, line);
  const edit = block === null ? null : changeRequest(file, block, change);
  if (block === null || edit === null) return "nowhere";
  const changed = editedText(text, edit);
  const after = parseRequestFile(changed, undefined, file);
  const index = file.requests.indexOf(block);
  const there = after.requests[index];
  if (there === undefined || !isSameBeside(file, after, index)) return "refused";
  if (errorsOf(after) > errorsOf(file) || !isOnly(change, block, there)) return "refused";
  return { edit, text: changed, file: after, block: there };
}

function errorsOf({ problems }: RequestFile): number {
  return problems.filter(({ severity }) => severity === "error").length;
}

/** A document after an edit. */
export function editedText(text: string, { range, text: put }: TextEdit): string {
  // A byte order mark counts no column.
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const lines = splitLines(text.slice(mark));
  const offset = ({ line, column }: TextEdit["range"]["start"]): number =>
    mark + Math.min((lines[line]?.offset ?? text.length) + column, text.length - mark);
  return `${text.slice(0, offset(range.start))}${put}${text.slice(offset(range.end))}`;
}

function isSameBeside(before: RequestFile, after: RequestFile, index: number): boolean {
  const others = ({ requests }: RequestFile) => requests.filter((_, at) => at !== index);
  return isSame(before.preamble, after.preamble) && isSame(others(before), others(after));
}

/** True when two requests are the same but for this change, and the second has it. */
function isOnly(change: RequestChange, before: RequestBlock, after: RequestBlock): boolean {
  switch (change.kind) {
    case "directive":
      return (
        isSame(withoutDirective(before, change.key), withoutDirective(after, change.key)) &&
        (change.value === null ||
          after.directives.findLast(({ key }) => key.text === change.key)?.value.text === change.value)
      );
    case "header":
      return (
        isSame(withoutHeader(before, change.name), withoutHeader(after, change.name)) &&
        isSame(meantValues(after, change), change.value === null ? [] : [change.value])
      );
    case "target":
      // The place is where the edit was made: what stands around it was compared as it was written.
      return isSame({ ...before, target: [] }, { ...after, target: [] }) && isSameLength(before, after);
  }
}

function withoutDirective(block: RequestBlock, name: string): RequestBlock {
  return { ...block, directives: block.directives.filter(({ key }) => key.text !== name) };
}

function withoutHeader(block: RequestBlock, name: string): RequestBlock {
  return { ...block, headers: block.headers.filter((header) => !isNamed(header, name)) };
}

function meantValues(
  { headers }: RequestBlock,
  { name, expands }: Extract<RequestChange, { kind: "header" }>,
): readonly (string | null)[] {
  return headers
    .filter((header) => isNamed(header, name))
    .map(({ value }) => (expands === true ? value.text : literalMeaning(value.text)));
}

function isNamed({ name }: RequestBlock["headers"][number], wanted: string): boolean {
  return name.text.toLowerCase() === wanted.toLowerCase();
}

function isSameLength(before: RequestBlock, after: RequestBlock): boolean {
  return before.target.length === after.target.length;
}

/** Compared by what they say; where it stands has moved. */
function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (!isObject(before) || !isObject(after)) return false;
  const [left, right] = [said(before), said(after)];
  return (
    left.length === right.length &&
    left.every((key) => isSame(Reflect.get(before, key), Reflect.get(after, key)))
  );
}

function said(value: object): readonly string[] {
  return Object.keys(value).filter((key) => key !== "range");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
