import { type Lighting, lightingOf } from "./lighting.ts";
import type { LinePiece, LinkedPart, SignedLine } from "./signingView.ts";

/** Lines of something that was signed: what each is, its text with the linked parts, and where it comes from. */
export function SignedLines({
  lines,
  lighting,
  showLine,
  numbered,
}: {
  readonly lines: readonly SignedLine[];
  readonly lighting: Lighting;
  readonly showLine: (line: number) => void;
  readonly numbered: boolean;
}) {
  return (
    <ol class={numbered ? "signedLines numbered" : "signedLines"}>
      {lines.map((line, index) => (
        <li
          key={index}
          class={
            line.pieces.some(({ part }) => part !== null && part === lighting.lit)
              ? "signedLine lit"
              : "signedLine"
          }
        >
          {numbered && <span class="lineNumber">{index + 1}</span>}
          <span class="lineLabel">{shortLabel(line.label)}</span>
          <span class="lineText">
            {line.pieces.length === 0 ? (
              <EmptyLine label={line.label} />
            ) : (
              <Pieces pieces={line.pieces} lighting={lighting} />
            )}
            <Source line={line} showLine={showLine} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** "header x-amz-date" stands before the header itself: "header" is enough. */
function shortLabel(label: string): string {
  return label.startsWith("header ") ? "header" : label;
}

function EmptyLine({ label }: { readonly label: string }) {
  return <span class="quiet">{label === "end of headers" ? "⏎" : "(empty)"}</span>;
}

function Pieces({
  pieces,
  lighting,
}: {
  readonly pieces: readonly LinePiece[];
  readonly lighting: Lighting;
}) {
  return (
    <code>
      {pieces.map(({ text, part }, index) =>
        part === null ? (
          <span key={index}>{text}</span>
        ) : (
          <Part key={index} part={part} text={text} lighting={lighting} />
        ),
      )}
    </code>
  );
}

/** A linked value: it lights up wherever it stands. */
function Part({
  part,
  text,
  lighting,
}: {
  readonly part: LinkedPart;
  readonly text: string;
  readonly lighting: Lighting;
}) {
  const isLit = lighting.lit === part;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button would not break over lines as the text around it does.
    <span
      role="button"
      tabIndex={0}
      class={`part part-${part}${isLit ? " lit" : ""}`}
      {...lightingOf(part, lighting)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        lighting.pin(part);
      }}
    >
      {text}
    </span>
  );
}

function Source({
  line,
  showLine,
}: {
  readonly line: SignedLine;
  readonly showLine: (line: number) => void;
}) {
  const { source, fileLine } = line;
  if (source === "") return null;
  if (fileLine === null) return <span class="source">{source}</span>;
  return (
    <button type="button" class="source link" onClick={() => showLine(fileLine)}>
      {source}
    </button>
  );
}
