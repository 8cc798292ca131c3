import { accessCauses } from "./accessCauses.ts";
import { serviceCauses } from "./serviceCauses.ts";
import { signingCauses } from "./signingCauses.ts";

/** One row of the table of causes. */
interface CauseRow {
  readonly title: string;
  readonly signs: string;
  readonly fix: string;
  readonly page: string;
}

const sections: readonly (readonly [title: string, rows: Readonly<Record<string, CauseRow>>])[] = [
  ["How it was signed", signingCauses],
  ["Who signed it, and what they may", accessCauses],
  ["The service, and the client", serviceCauses],
];

/** Every cause with its signs and its fix, as Markdown: the part of docs/diagnosis.md that is made from the table. */
export function causePage(): string {
  return sections
    .map(([title, rows]) => [`## ${title}`, ...Object.entries(rows).map(cause)].join("\n\n"))
    .join("\n\n");
}

function cause([slug, { title, signs, fix, page }]: readonly [string, CauseRow]): string {
  return [
    `### ${title}`,
    `\`${slug}\``,
    `**Signs.** ${signs}`,
    `**Fix.** ${fix} ([AWS on it](${page}))`,
  ].join("\n\n");
}
