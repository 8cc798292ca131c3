import type { FaultOutcome, FaultRow } from "./faultRow.ts";
import { faultGroups, faultRows } from "./rows.ts";

/** The part of docs/faults.md that is made from the table of faults. */
export function faultPage(tests: ReadonlyMap<number, readonly string[]>): string {
  const groups = faultGroups.map(
    ([title, rows]) => `## ${title}\n\n${rows.map((row) => rowText(row, tests)).join("\n\n")}`,
  );
  return [codeIndex(), ...groups].join("\n\n");
}

/** Where each code is explained. */
function codeIndex(): string {
  const byCode = new Map<string, Set<number>>();
  for (const { number, cases } of faultRows)
    for (const { code } of Object.values(cases))
      if (code !== null) byCode.set(code, (byCode.get(code) ?? new Set()).add(number));
  const lines = [...byCode]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, numbers]) => `\`${code}\` ${[...numbers].map(linkTo).join(" ")}`);
  return `## By code\n\n${lines.join(" · ")}`;
}

function linkTo(number: number): string {
  return `[${number}](#fault-${number})`;
}

function rowText(
  { number, title, shown, advice, cases }: FaultRow,
  tests: ReadonlyMap<number, readonly string[]>,
) {
  const rows = Object.entries(cases).map(([name, outcome]) => caseText(name, outcome));
  const table =
    rows.length === 0
      ? []
      : [`| case | code | phase | exit | among the words |\n|---|---|---|---|---|\n${rows.join("\n")}`];
  const files = (tests.get(number) ?? []).map((file) => `\`${file}\``);
  return [
    `<a id="fault-${number}"></a>\n\n### ${number}. ${title}`,
    `Shown: ${shown}\n\nTo do: ${advice}`,
    ...table,
    `Tests: ${files.join(", ")}`,
  ].join("\n\n");
}

function caseText(name: string, { code, phase, exit, says }: FaultOutcome): string {
  const cells = [
    cellText(name),
    code === null ? "" : `\`${code}\``,
    phase ?? "",
    String(exit),
    says === "" ? "" : codeText(says),
  ];
  return `| ${cells.join(" | ")} |`;
}

function cellText(text: string): string {
  return text.replace(/[|\\<*_`]/g, "\\$&");
}

/** A bar ends a cell of a table even within code. */
function codeText(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence}`;
}
