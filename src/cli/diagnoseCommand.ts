import type { Finding } from "../diagnosis/diagnose.ts";
import type { Fix } from "../diagnosis/fix.ts";
import { UserError } from "../errors.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertText } from "../guard/terminalText.ts";
import { loadDoctor } from "../loadDoctor.ts";
import { redactedFinding } from "../shown/redactedFinding.ts";
import { redactorOf } from "../shown/tripRedactor.ts";
import type { Command } from "./arguments.ts";
import { exitCodes } from "./exitCode.ts";
import { outputStyle, write } from "./output.ts";
import { readRequestSource } from "./requestSource.ts";
import type { Style } from "./style.ts";
import type { Surroundings } from "./surroundings.ts";

/** `awsreq diagnose`: says why answers that came from elsewhere are refusals. Contacts nothing. Returns the exit code. */
export async function diagnoseCommand(
  args: Extract<Command, { command: "diagnose" }>,
  surroundings: Surroundings,
): Promise<number> {
  const { text } = await readRequestSource(args.file, surroundings);
  const { diagnose, readCapture } = await loadDoctor();
  const inputs = readCapture(text);
  if (inputs.every((input) => input === null)) throw nothingToRead(args.file);
  const redactor = redactorOf({ identity: null });
  const results = inputs.map((input) => ({
    findings: input === null ? [] : diagnose(input).map((finding) => redactedFinding(finding, redactor)),
  }));
  if (args.json) {
    await write(surroundings.stdout, `${JSON.stringify({ version: 1, results }, null, 2)}\n`);
    return exitCodes.good;
  }
  const style = outputStyle(surroundings);
  for (const [index, { findings }] of results.entries()) {
    if (results.length > 1) await write(surroundings.stdout, `${style.heading(`### ${index + 1}`)}\n`);
    const lines = findings.length === 0 ? [nothingFound] : findingLines(findings, style, redactor);
    await write(surroundings.stdout, `${lines.join("\n")}\n`);
  }
  return exitCodes.good;
}

const nothingFound = "Nothing here says that AWS refused the request.";

/** Findings as a person reads them, the best first. */
export function findingLines(
  findings: readonly Finding[],
  { heading, dim, bad, warning }: Style,
  redactor: Redactor,
): readonly string[] {
  const line = (text: string) => inertText(redactor.text(text));
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
function isTold({ kind }: Fix): boolean {
  return kind === "edit" || kind === "advice";
}

function provedWord(fix: Fix): string {
  return fix.kind === "edit" && fix.proved
    ? " (signed again with it, the request is what the service computed)"
    : "";
}

function nothingToRead(file: string): UserError {
  return new UserError({
    code: "E_DIAGNOSE_INPUT",
    phase: "usage",
    message: `${file} holds no answer that can be read.`,
    hint: "Give a JSON object with status and body, a HAR, a raw HTTP response, or the output of `curl -v`.",
  });
}
