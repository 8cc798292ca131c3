import type { SigningFacts } from "../reading/diagnosisInput.ts";
import { type CanonicalEcho, type CanonicalParts, canonicalParts } from "./canonicalEcho.ts";

/** One line of a canonical request on both sides; null where a side has none. */
export interface ComparedLine {
  /** "Method", "Path", "Query", "Header", "Signed headers", "Payload hash". */
  readonly label: string;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly same: boolean;
}

/** Both canonical requests line by line, headers by their names; null when one of them is not known. */
export function comparedLines(
  { canonicalRequest }: SigningFacts,
  echo: CanonicalEcho,
): readonly ComparedLine[] | null {
  const [ours, theirs] = [canonicalRequest, echo.canonicalRequest].map((text) =>
    text === null ? null : canonicalParts(text),
  );
  if (ours == null || theirs == null) return null;
  return [
    line("Method", ours.method, theirs.method),
    line("Path", ours.path, theirs.path),
    line("Query", ours.query, theirs.query),
    ...headerLines(ours, theirs),
    line("Signed headers", ours.signedHeaders, theirs.signedHeaders),
    line("Payload hash", ours.payloadHash, theirs.payloadHash),
  ];
}

function headerLines(ours: CanonicalParts, theirs: CanonicalParts): readonly ComparedLine[] {
  const [mine, echoed] = [new Map(ours.headers), new Map(theirs.headers)];
  return [...new Set([...mine.keys(), ...echoed.keys()])].sort().map((name) => {
    const written = (value: string | undefined) => (value === undefined ? null : `${name}:${value}`);
    return line("Header", written(mine.get(name)), written(echoed.get(name)));
  });
}

function line(label: string, ours: string | null, theirs: string | null): ComparedLine {
  return { label, ours, theirs, same: ours === theirs };
}
