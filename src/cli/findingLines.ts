import type { Finding } from "../diagnosis/diagnose.ts";
import type { Fix } from "../diagnosis/fixes/fix.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertLine } from "../guard/terminalText.ts";
import type { Style } from "./style.ts";

/** Findings as a person reads them, the best first. */
export function findingLines(
  findings: readonly Finding[],
  { heading, dim, bad, warning }: Style,
  redactor: Redactor,
): readonly string[] {
  const line = (text: string) => inertLine(redactor.text(text));
  return findings
    .slice(0, 3)
    .flatMap(({ cause, certainty, title, detail, evidence, fixes, statement }) => [
      `${certainty === "possible" ? warning(certainty) : bad(certainty)}: ${line(title)} ${dim(`(${cause})`)}`,
      ...(detail === `${title}.` ? [] : [`  ${line(detail)}`]),
      ...evidence.map((text) => `  ${dim("because")} ${line(text)}`),
      ...fixes.filter(isTold).map((fix) => `  ${heading("→")} ${line(fix.title)}${provedWord(fix)}`),
      ...(statement === null ? [] : [`    ${line(JSON.stringify(statement))}`]),
    ]);
}

/** A terminal has no buttons: what is done by one in the panel is not told twice here. */
function isTold(fix: Fix): boolean {
  return fix.kind === "edit" || fix.kind === "advice" || isClock(fix);
}

function isClock(fix: Fix): boolean {
  return fix.kind === "command" && fix.command.id === "signWithServerTime";
}

function provedWord(fix: Fix): string {
  if (fix.kind === "command" && fix.command.id === "signWithServerTime")
    return ` (send --clock-offset=${Math.round(fix.command.offset / 1000)})`;
  return fix.kind === "edit" && fix.proved
    ? " (signed again with it, the request is what the service computed)"
    : "";
}
