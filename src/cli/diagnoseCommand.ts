import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertLine } from "../guard/terminalText.ts";
import { redactedFinding } from "../shown/redactedFinding.ts";
import { identityRedactor } from "../shown/tripRedactor.ts";
import type { Identity } from "../stages.ts";
import { temporaryName } from "../transport/temporary.ts";
import { type CapturedAnswer, diagnosedCapture } from "../trip/diagnosedCapture.ts";
import { verifyingIdentity } from "../trip/verifyCapture.ts";
import type { DiagnoseArguments } from "./command.ts";
import { exitCodes } from "./exitCode.ts";
import { findingLines } from "./findingLines.ts";
import { captureFile, namedTextOf } from "./namedText.ts";
import { openFolder } from "./openFile.ts";
import { outputStyle, write, writeJson } from "./output.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";

/** `awsreq diagnose`: says why answers that came from elsewhere are refusals. Contacts nobody but for credentials. */
export async function diagnoseCommand(args: DiagnoseArguments, surroundings: Surroundings): Promise<number> {
  const { file } = args;
  const text = namedTextOf(file, await surroundings.namedBytes(file, captureFile));
  const identity = args.profile === undefined ? null : await identityFor(args, surroundings);
  const captured = await diagnosedCapture(text, identity);
  if (captured === null) throw nothingToRead(file);
  const redactor = identityRedactor(identity);
  const answers = captured.map(({ findings, verification, unread }) => ({
    findings: findings.map((finding) => redactedFinding(finding, redactor)),
    verification: verification && { ...verification, text: redactor.text(verification.text) },
    unread: unread === null ? null : redactor.text(unread),
  }));
  if (args.json) await writeJson(surroundings, documentOf(answers));
  else await print(answers, redactor, surroundings);
  return exitCodes.good;
}

async function identityFor(args: DiagnoseArguments, surroundings: Surroundings): Promise<Identity> {
  const named = { ...args, variables: new Map(), approve: [], selector: {} } as const;
  const { choices } = await openFolder(named, surroundings);
  const storage = join(surroundings.tmpdir, temporaryName());
  return verifyingIdentity(choices, tripEffects(surroundings, storage, named));
}

function documentOf(results: readonly CapturedAnswer[]) {
  const shown = results.map(({ findings, verification, unread }) => ({
    findings,
    ...(unread !== null && { unread }),
    ...(verification !== null && {
      verification: { outcome: verification.outcome, text: verification.text },
    }),
  }));
  return { version: 1, results: shown };
}

async function print(
  results: readonly CapturedAnswer[],
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<void> {
  const style = outputStyle(surroundings);
  for (const [index, { findings, verification, unread }] of results.entries()) {
    if (results.length > 1) await write(surroundings.stdout, `${style.heading(`### ${index + 1}`)}\n`);
    const told = verification === null ? [] : [inertLine(redactor.text(verification.text))];
    const found = findingLines(findings, style, redactor);
    const nothing = told.length > 0 ? [] : [nothingFound];
    const otherwise = unread === null ? nothing : [inertLine(redactor.text(unread))];
    const lines = [...told, ...(found.length === 0 ? otherwise : found)];
    await write(surroundings.stdout, `${lines.join("\n")}\n`);
  }
}

const nothingFound = "Nothing here says that AWS refused the request.";

function nothingToRead(file: string): UserError {
  return new UserError({
    code: "E_DIAGNOSE_INPUT",
    phase: "usage",
    message: `${file === "-" ? "Standard input" : file} holds no answer that can be read.`,
    hint: "Give a JSON object with status and body, a HAR, a raw HTTP response, or the output of `curl -v`.",
  });
}
