import type { Problem } from "../stages.ts";
import { blockCommentLines } from "./blockComments.ts";
import { type BodyLine, type BodyPiece, rangeOfLine } from "./bodyLines.ts";
import { isComment } from "./directives.ts";
import { endOfText, isBlankText, skipBlanks } from "./lines.ts";
import { type BodyKind, beginsAsJson } from "./mediaType.ts";
import { hintAt, informationAt } from "./problem.ts";

/** A body without its comment lines, and what is said of them. */
export interface CommentsReading {
  readonly pieces: readonly BodyPiece[];
  readonly problems: readonly Problem[];
}

/** Leaves out the comment lines of a body where the kind of the body makes them comments. */
export function withoutComments(pieces: readonly BodyPiece[], kind: BodyKind): CommentsReading {
  const lines = pieces.flatMap((piece): readonly (BodyLine | null)[] =>
    piece.kind === "file" ? [null] : piece.lines,
  );
  const comments = commentsOf(lines, kind);
  if (comments.length === 0) return { pieces, problems: [] };
  const dropped = new Set(droppedComments(lines, comments, kind));
  return {
    pieces: pieces.map((piece) =>
      piece.kind === "file" ? piece : { ...piece, lines: piece.lines.filter((line) => !dropped.has(line)) },
    ),
    problems: comments.flatMap((line) => said(line, dropped.has(line), kind)),
  };
}

/** Comments of several lines are looked for only where nothing but JSON can be meant. */
function commentsOf(lines: readonly (BodyLine | null)[], kind: BodyKind): readonly BodyLine[] {
  const content = lines.find((line) => line === null || !isBlankText(line.text));
  const first = content?.text ?? "";
  const mayHoldBlocks =
    kind === "json" || (kind === "untyped" && (beginsAsJson(first) || first.trimStart().startsWith("/*")));
  const blocks = mayHoldBlocks ? blockCommentLines(lines.map((line) => line?.text ?? "")) : new Set<number>();
  return lines.filter(
    (line, index): line is BodyLine => line !== null && (blocks.has(index) || isComment(line.text)),
  );
}

/** @param lines null for an included file */
function droppedComments(
  lines: readonly (BodyLine | null)[],
  comments: readonly BodyLine[],
  kind: BodyKind,
): readonly BodyLine[] {
  if (kind === "form") return commentsOfForm(lines);
  const known: ReadonlySet<BodyLine | null> = new Set(comments);
  const content = lines.find((line) => line === null || (!isBlankText(line.text) && !known.has(line)));
  // What begins with `#` in `text/…` is a heading or a note for the server; elsewhere there is nothing to send.
  if (content === undefined) return kind === "plain" || kind === "text" ? [] : comments;
  const isJson =
    kind === "json" ||
    kind === "ndjson" ||
    (kind === "untyped" && content !== null && beginsAsJson(content.text));
  return isJson ? comments : [];
}

/** Comments where a parameter follows or the body ends. Inside a value they are value. */
function commentsOfForm(lines: readonly (BodyLine | null)[]): readonly BodyLine[] {
  const dropped: BodyLine[] = [];
  let isStart = true;
  let waiting: BodyLine[] = [];
  for (const line of lines) {
    if (line !== null && isComment(line.text)) {
      waiting.push(line);
      continue;
    }
    if (line !== null && isBlankText(line.text)) continue;
    const isBeforeParameter = isStart || line?.text.startsWith("&");
    for (const comment of isBeforeParameter ? waiting : []) dropped.push(comment);
    waiting = [];
    isStart = line?.text.endsWith("&") ?? false;
  }
  return [...dropped, ...waiting];
}

function said(line: BodyLine, isDropped: boolean, kind: BodyKind): readonly Problem[] {
  const range = rangeOfLine(line, skipBlanks(line.text, 0), endOfText(line.text, 0));
  if (isDropped) {
    const message = "This line is a comment and is not sent.";
    return [hintAt(range, "H_BODY_COMMENT", message)];
  }
  if (kind === "form") {
    const message =
      "This line stands inside a value and is sent as a part of it; a comment stands above a line that begins with `&`, or at the end.";
    return [hintAt(range, "H_BODY_COMMENT", message)];
  }
  if (kind !== "plain" && kind !== "untyped") return [];
  const message =
    "This looks like a comment, but it is body and is sent; move it above the request line if it is one.";
  return [informationAt(range, "H_BODY_COMMENT", message)];
}
