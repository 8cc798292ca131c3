import type { BodyPart, Problem } from "../stages.ts";
import { withoutComments } from "./bodyComments.ts";
import { type BodyPiece, piecesOf, withoutBlankEnds } from "./bodyLines.ts";
import { formProblems } from "./formProblems.ts";
import type { BodyKind } from "./mediaType.ts";
import { addProblems } from "./problem.ts";

/** A body as far as the file's text decides what it is: variables have no values yet. */
export interface ArrangedBody {
  readonly pieces: readonly BodyPiece[];
  readonly problems: readonly Problem[];
}

/** Leaves out what is layout or comment. Its problems are those of the text alone. */
export function arrangeBody(body: readonly BodyPart[], kind: BodyKind): ArrangedBody {
  const { pieces, problems: found } = withoutComments(piecesOf(body), kind);
  const arranged = withoutBlankEnds(pieces);
  const problems = [...found];
  const [only] = arranged;
  if (kind === "form" && arranged.length === 1 && only?.kind === "text") {
    addProblems(problems, formProblems(only.lines));
  }
  return { pieces: arranged, problems };
}
