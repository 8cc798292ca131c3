import type { BodyPart, Problem, Spanned, TextRange } from "../stages.ts";
import { arrangeBody } from "./arrangedBody.ts";
import { type BodyLine, type BodyPiece, spansOf } from "./bodyLines.ts";
import { surrogateFault } from "./characters.ts";
import { expandForm } from "./expandForm.ts";
import type { Expansion } from "./expansion.ts";
import { jsonVariableProblems } from "./jsonVariables.ts";
import { type BodyKind, bodyKindOf } from "./mediaType.ts";
import { boundaryProblems, closed, withCrlf } from "./multipartBody.ts";
import { addProblems, errorAt } from "./problem.ts";
import type { Expander } from "./variables.ts";

/** A piece of a body, its variables expanded. */
export type ExpandedPart =
  | { readonly kind: "text"; readonly text: string; readonly range: TextRange }
  | { readonly kind: "file"; readonly path: string; readonly range: TextRange };

/** The pieces that could be expanded, and what is wrong with them. */
export interface BodyExpansion {
  readonly parts: readonly ExpandedPart[];
  readonly problems: readonly Problem[];
}

/** What decides how the text of a body is read. */
export interface BodyFacts {
  readonly contentType: string | null;
  /** The path of the URL; null when it could not be read. */
  readonly path: string | null;
  /** The kind that the parser has reported for; null when it could not tell. */
  readonly reported: BodyKind | null;
}

interface Draft {
  readonly kind: BodyKind;
  readonly expander: Expander;
  readonly problems: Problem[];
}

/** Expands the pieces of a body and gives text the form that its media type asks for. */
export function expandBody(body: readonly BodyPart[], facts: BodyFacts, expander: Expander): BodyExpansion {
  const kind = bodyKindOf(facts.contentType, facts.path);
  const arranged = arrangeBody(body, kind);
  const draft: Draft = { kind, expander, problems: [] };
  if (facts.reported !== bodyKindOf(facts.contentType, null)) addProblems(draft.problems, arranged.problems);
  const parts = arranged.pieces
    .map((piece) => expandPiece(piece, arranged.pieces.length === 1, draft))
    .filter((part) => part !== null);
  if (kind !== "multipart" && kind !== "ndjson") return { parts, problems: draft.problems };
  if (kind === "multipart") {
    const texts = parts.map((part) => (part.kind === "text" ? part : null));
    addProblems(draft.problems, boundaryProblems(texts, facts.contentType ?? ""));
  }
  return { parts: ended(parts, arranged.pieces.at(-1), body, kind), problems: draft.problems };
}

function expandPiece(piece: BodyPiece, isOnly: boolean, draft: Draft): ExpandedPart | null {
  if (piece.kind === "file") {
    const path = expandSpan(piece.path, draft);
    return path === null ? null : { kind: "file", path: path.text, range: piece.path.range };
  }
  const range = rangeOf(piece.lines);
  if (range === null) return null;
  if (draft.kind === "form" && isOnly) {
    const { text, problems } = expandForm(piece.lines, draft.expander);
    addProblems(draft.problems, problems);
    return { kind: "text", text, range };
  }
  const asSent = draft.kind === "multipart" ? withCrlf : ({ text }: Expansion) => text;
  const expansions = spansOf(piece.lines).map((span) => expandSpan(span, draft));
  const whole = expansions.filter((expansion) => expansion !== null);
  if (whole.length < expansions.length) return null;
  // Only a text that is the whole body can be JSON.
  if (draft.kind === "json" && isOnly) {
    const pieces = whole.flatMap((expansion) => expansion.pieces);
    const body = { text: whole.map((expansion) => expansion.text).join(""), pieces };
    addProblems(draft.problems, jsonVariableProblems(body));
  }
  return { kind: "text", text: whole.map(asSent).join(""), range };
}

function expandSpan(span: Spanned, { expander, problems }: Draft): Expansion | null {
  const expansion = expander.expand(span);
  const fault = expansion === null ? null : surrogateFault(expansion.text, "The body");
  if (fault !== null) problems.push(errorAt(span.range, fault.code, fault.message));
  return expansion;
}

function rangeOf(lines: readonly BodyLine[]): TextRange | null {
  const spans = spansOf(lines);
  const [first, last] = [spans[0], spans.at(-1)];
  return first === undefined || last === undefined ? null : { start: first.range.start, end: last.range.end };
}

/** Gives the last line its end where the type asks for it. An included file stays as it is. */
function ended(
  parts: readonly ExpandedPart[],
  lastPiece: BodyPiece | undefined,
  body: readonly BodyPart[],
  kind: "multipart" | "ndjson",
): readonly ExpandedPart[] {
  const last = parts.at(-1);
  if (last?.kind !== "text" || lastPiece?.kind !== "text") return parts;
  const text = kind === "multipart" ? closed(last.text) : withOneLineEnd(last.text, lineEndOf(body));
  return [...parts.slice(0, -1), { ...last, text }];
}

function withOneLineEnd(text: string, lineEnd: string): string {
  let end = text.length;
  while (end > 0 && "\r\n".includes(text.charAt(end - 1))) end--;
  return end === 0 ? "" : text.slice(0, end) + lineEnd;
}

/** The line end that the body's own lines have. */
function lineEndOf(body: readonly BodyPart[]): string {
  const text = body.find((part) => part.kind === "text");
  return (text?.kind === "text" && /\r\n|\n|\r/.exec(text.text.text)?.[0]) || "\n";
}
