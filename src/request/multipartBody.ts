import type { Problem, TextRange } from "../stages.ts";
import type { Expansion } from "./expansion.ts";
import { warningAt } from "./problem.ts";

/** A piece of a multipart body, its variables expanded; null for an included file. */
export type MultipartPiece = { readonly text: string; readonly range: TextRange } | null;

/** The text with CRLF for each line end of the file (RFC 2046); what a variable brings stays as it is. */
export function withCrlf({ pieces }: Expansion): string {
  return pieces.map(({ text, literal }) => (literal ? text.replace(/\r\n|\n|\r/g, "\r\n") : text)).join("");
}

/** The line that closes a multipart body gets a line end, as all others have one. */
export function closed(text: string): string {
  return /^--.+--$/.test(text.slice(text.lastIndexOf("\n") + 1).trimEnd()) ? `${text}\r\n` : text;
}

/** What keeps a server from finding the parts. */
export function boundaryProblems(pieces: readonly MultipartPiece[], contentType: string): readonly Problem[] {
  const texts = pieces.filter((piece) => piece !== null);
  const [first, last] = [texts[0], pieces.at(-1)];
  if (first === undefined) return [];
  const boundary = boundaryOf(contentType);
  const warn = ({ range }: { readonly range: TextRange }, message: string): Problem =>
    warningAt(range, "W_MULTIPART_BOUNDARY", message);
  if (boundary === null) {
    return [
      warn(
        first,
        "Content-Type names no boundary, so no server finds the parts; add `; boundary=NAME` to it.",
      ),
    ];
  }
  const lines = new Set(texts.flatMap(({ text }) => text.split("\r\n").map((line) => line.trimEnd())));
  if (!lines.has(`--${boundary}`)) {
    const message =
      "No line of this body is `--` and the boundary that Content-Type names; write both alike.";
    return [warn(first, message)];
  }
  if (last === null || last === undefined || lines.has(`--${boundary}--`)) return [];
  return [
    warn(last, "This body has no last line of `--`, the boundary and `--`; many servers refuse it so."),
  ];
}

function boundaryOf(contentType: string): string | null {
  const found = /;[ \t]*boundary[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(contentType);
  return found?.[1]?.replace(/\\(.)/g, "$1") ?? found?.[2] ?? null;
}
