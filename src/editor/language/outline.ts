import type { RequestBlock, RequestFile, TextRange } from "../../stages.ts";

/** One request in the outline. */
export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  /** The whole block. */
  readonly range: TextRange;
  /** The request line's beginning. */
  readonly selection: TextRange;
}

/** The requests of a file by what a person calls them: title, else name, else method and URL. */
export function outline({ requests }: RequestFile): readonly OutlineEntry[] {
  return requests.map((block) => {
    const what = requestText(block);
    const name = [block.title, block.name ?? "", what].find((text) => text !== "") ?? what;
    return { name, detail: name === what ? "" : what, range: block.range, selection: block.method.range };
  });
}

/** `GET {{api}}/pets`: without the query, short enough for a line. */
function requestText({ method, target }: RequestBlock): string {
  const url = (target[0]?.text ?? "").replace(/\?.*$/s, "").replace(/\/\/[^/@]*@/, "//");
  const text = `${method.text} ${url}`;
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Lines that fold, zero-based: the preamble and each request. */
export interface Fold {
  readonly start: number;
  readonly end: number;
}

/** Every request folds from its first line to its last that is not blank. */
export function folds({ requests }: RequestFile, lineIsBlank: (line: number) => boolean): readonly Fold[] {
  return requests.flatMap(({ range }) => {
    const start = range.start.line;
    let end = range.end.column === 0 ? range.end.line - 1 : range.end.line;
    while (end > start && lineIsBlank(end)) end -= 1;
    return end > start ? [{ start, end }] : [];
  });
}
