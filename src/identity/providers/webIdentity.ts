import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { unlessAborted } from "../cancellation.ts";
import { commentHint } from "../files/profile.ts";
import type { WebIdentityStep } from "../plan/sourceStep.ts";
import { callSts, type StsEffects } from "./stsCall.ts";

/** What a web identity takes. */
export interface WebIdentityEffects extends StsEffects {
  readonly readFile: (path: string) => Promise<Uint8Array>;
}

/** Bytes; tokens of the known issuers are two to eight thousand. */
const longestToken = 20_000;

/**
 * Asks STS for the role with the token that the file holds now. The token is in no error.
 * @throws UserError `E_WEB_IDENTITY`, `E_STS`, `E_CANCELLED`
 */
export async function assumeRoleWithWebIdentity(
  step: WebIdentityStep,
  sessionName: string,
  effects: WebIdentityEffects,
): Promise<Credentials> {
  const { roleArn, durationSeconds } = step;
  const webIdentityToken = await tokenOf(step, effects);
  return callSts(
    step,
    (aws, client) =>
      aws.fromWebToken({
        ...client,
        webIdentityToken,
        roleArn,
        roleSessionName: sessionName,
        ...(durationSeconds !== null && { durationSeconds }),
      }),
    effects,
  );
}

async function tokenOf(step: WebIdentityStep, { readFile, signal }: WebIdentityEffects): Promise<string> {
  const bytes = await unlessAborted(bytesOf(step, readFile), signal);
  const token = new TextDecoder().decode(bytes.subarray(0, longestToken + 1)).trim();
  if (token === "") throw tokenFault(step, "is empty");
  if (token.length > longestToken) throw tokenFault(step, `holds more than ${longestToken} bytes`);
  if (!/^[\x21-\x7e]+$/.test(token)) throw tokenFault(step, "holds something else than a token");
  return token;
}

async function bytesOf(step: WebIdentityStep, readFile: WebIdentityEffects["readFile"]): Promise<Uint8Array> {
  try {
    return await readFile(step.tokenFile);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error";
    throw tokenFault(step, code === "ENOENT" ? "does not exist" : `cannot be read (${code})`, cause);
  }
}

function tokenFault({ place, tokenFile }: WebIdentityStep, what: string, cause?: unknown): UserError {
  return new UserError({
    code: "E_WEB_IDENTITY",
    phase: "credentials",
    message: `The web identity token file ${tokenFile} (${place}) ${what}.`,
    hint: `Whoever issues the token writes that file: the pipeline, or the service account of the pod.${commentHint(tokenFile)}`,
    cause,
  });
}
