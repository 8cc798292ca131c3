import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Finding } from "../diagnosis/diagnose.ts";
import type { Doctor } from "../diagnosis/doctor.ts";
import type { DiagnosisInput } from "../diagnosis/reading/diagnosisInput.ts";
import { UserError } from "../errors.ts";
import type { Redactor } from "../guard/redactor.ts";
import { inertText } from "../guard/terminalText.ts";
import { loadDoctor } from "../loadDoctor.ts";
import { redactedFinding } from "../shown/redactedFinding.ts";
import { redactorOf } from "../shown/tripRedactor.ts";
import type { Identity } from "../stages.ts";
import { type Verification, verifyCapture, verifyingIdentity } from "../trip/verifyCapture.ts";
import type { DiagnoseArguments } from "./command.ts";
import { exitCodes } from "./exitCode.ts";
import { findingLines } from "./findingLines.ts";
import { openFolder } from "./openFile.ts";
import { outputStyle, write } from "./output.ts";
import { readRequestSource } from "./requestSource.ts";
import type { Surroundings } from "./surroundings.ts";
import { tripEffects } from "./tripEffects.ts";

/** One answer of a capture, and what is found of it. */
interface Result {
  readonly findings: readonly Finding[];
  /** Null without `--profile`, and for an answer without its request. */
  readonly verification: Verification | null;
}

/** `awsreq diagnose`: says why answers that came from elsewhere are refusals. Contacts nobody but for credentials. */
export async function diagnoseCommand(args: DiagnoseArguments, surroundings: Surroundings): Promise<number> {
  const { text } = await readRequestSource(args.file, surroundings);
  const doctor = await loadDoctor();
  const inputs = doctor.readCapture(text);
  if (inputs.every((input) => input === null)) throw nothingToRead(args.file);
  const identity = args.profile === undefined ? null : await identityFor(args, surroundings);
  const requests = identity === null ? [] : doctor.readCapturedRequests(text);
  const redactor = redactorOf({ identity });
  const results = inputs.map((input, index) => {
    const request = requests[index] ?? null;
    const verification = identity === null || request === null ? null : verifyCapture(request, identity);
    return resultOf(input, verification, doctor.diagnose, redactor);
  });
  if (args.json) await write(surroundings.stdout, documentOf(results));
  else await print(results, redactor, surroundings);
  return exitCodes.good;
}

function resultOf(
  input: DiagnosisInput | null,
  verification: Verification | null,
  diagnose: Doctor["diagnose"],
  redactor: Redactor,
): Result {
  if (input === null) return { findings: [], verification };
  const { expected, signed, isRight } = verification?.reenactment ?? {};
  const known = expected === undefined ? null : { expected, isRight: isRight === true };
  const signing = signed ?? input.signing;
  const findings = diagnose({ ...input, signing, verification: known });
  return { findings: findings.map((finding) => redactedFinding(finding, redactor)), verification };
}

async function identityFor(args: DiagnoseArguments, surroundings: Surroundings): Promise<Identity> {
  const named = { ...args, variables: new Map(), approve: [], selector: {} } as const;
  const { choices } = await openFolder(named, surroundings);
  const storage = join(surroundings.tmpdir, `awsreq-${randomUUID()}`);
  return verifyingIdentity(choices, tripEffects(surroundings, storage, named));
}

function documentOf(results: readonly Result[]): string {
  const shown = results.map(({ findings, verification }) => ({
    findings,
    ...(verification !== null && {
      verification: { outcome: verification.outcome, text: verification.text },
    }),
  }));
  return `${JSON.stringify({ version: 1, results: shown }, null, 2)}\n`;
}

async function print(
  results: readonly Result[],
  redactor: Redactor,
  surroundings: Surroundings,
): Promise<void> {
  const style = outputStyle(surroundings);
  for (const [index, { findings, verification }] of results.entries()) {
    if (results.length > 1) await write(surroundings.stdout, `${style.heading(`### ${index + 1}`)}\n`);
    const told = verification === null ? [] : [inertText(redactor.text(verification.text))];
    const found = findingLines(findings, style, redactor);
    const lines = [...told, ...(found.length === 0 && told.length === 0 ? [nothingFound] : found)];
    await write(surroundings.stdout, `${lines.join("\n")}\n`);
  }
}

const nothingFound = "Nothing here says that AWS refused the request.";

function nothingToRead(file: string): UserError {
  return new UserError({
    code: "E_DIAGNOSE_INPUT",
    phase: "usage",
    message: `${file} holds no answer that can be read.`,
    hint: "Give a JSON object with status and body, a HAR, a raw HTTP response, or the output of `curl -v`.",
  });
}
