import { type BodyLine, rangeOfLine } from "./bodyLines.ts";
import { endOfText, isBlankText } from "./lines.ts";
import { type Token, tokenize } from "./references.ts";

/** A piece of a parameter: text as written, or a variable. */
export type FormAtom =
  | { readonly kind: "text"; readonly text: string }
  | (Token & { readonly kind: "reference"; readonly written: string });

/** One parameter of a form, cut at its first `=`. */
export interface FormParameter {
  readonly name: readonly FormAtom[];
  /** Null when the parameter has no `=` of its own. */
  readonly value: readonly FormAtom[] | null;
}

/** How a line of a form stands to the parameters around it. */
export interface FormLine {
  readonly line: BodyLine;
  /** False for a line that continues the value of the line above. */
  readonly begins: boolean;
}

/**
 * The lines of a form. A parameter begins at the body's start, behind a line end that follows `&`, or with a line that
 * begins with `&`. Empty lines where a parameter is to begin are layout.
 */
export function formLines(lines: readonly BodyLine[]): readonly FormLine[] {
  const read: FormLine[] = [];
  let isStart = true;
  for (const line of lines) {
    if (isStart && isBlankText(line.text)) continue;
    read.push({ line, begins: isStart || line.text.startsWith("&") });
    isStart = line.text.endsWith("&");
  }
  return read;
}

/** The parameters of a form, cut on the text of the file: what a variable brings cuts nothing. */
export function formParameters(lines: readonly BodyLine[]): readonly FormParameter[] {
  const parameters: FormAtom[][] = [];
  for (const { line, begins } of formLines(lines)) {
    const [first = [], ...others] = cutLine(line, begins);
    const current = begins ? [] : (parameters.at(-1) ?? []);
    if (begins) parameters.push(current);
    else current.push({ kind: "text", text: "\n" });
    for (const atom of first) current.push(atom);
    for (const parameter of others) parameters.push(parameter);
  }
  return parameters.map(cutAtEquals);
}

/** A line cut at each `&` of its text, without the one that it begins or ends with. */
function cutLine(line: BodyLine, begins: boolean): readonly FormAtom[][] {
  const from = begins && line.text.startsWith("&") ? 1 : 0;
  const end = line.text.length;
  const to = end > from && line.text.endsWith("&") ? endOfText(line.text, from, end - 1) : end;
  const parts: FormAtom[][] = [[]];
  for (const token of tokenize({ text: line.text.slice(from, to), range: rangeOfLine(line, from, to) })) {
    if (token.kind === "unclosed") continue;
    if (token.kind === "reference") {
      parts.at(-1)?.push({ ...token, written: writtenIn(line, token) });
      continue;
    }
    const [text = "", ...others] = token.text.split("&");
    parts.at(-1)?.push({ kind: "text", text });
    for (const other of others) parts.push([{ kind: "text", text: other }]);
  }
  return parts;
}

function writtenIn({ text, start }: BodyLine, { range }: Token): string {
  return text.slice(range.start.column - start.column, range.end.column - start.column);
}

/** Blanks beside the first `=` are layout. */
function cutAtEquals(written: readonly FormAtom[]): FormParameter {
  const atoms = written.filter((atom) => atom.kind === "reference" || atom.text !== "");
  const at = atoms.findIndex((atom) => atom.kind === "text" && atom.text.includes("="));
  const atom = atoms[at];
  if (atom?.kind !== "text") return { name: atoms, value: null };
  const equals = atom.text.indexOf("=");
  const before = atom.text.slice(0, endOfText(atom.text, 0, equals));
  const behind = atom.text.slice(equals + 1).replace(/^[ \t]+/, "");
  return {
    name: [...atoms.slice(0, at), { kind: "text", text: before }],
    value: [{ kind: "text", text: behind }, ...atoms.slice(at + 1)],
  };
}
