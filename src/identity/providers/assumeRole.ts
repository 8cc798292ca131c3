import type { Ask } from "../../questions.ts";
import type { Credentials } from "../../stages.ts";
import type { AssumeRoleStep } from "../plan/roleStep.ts";
import { mfaCode } from "./mfaCode.ts";
import { callSts, type StsEffects } from "./stsCall.ts";

/** What assuming a role takes. */
export interface AssumeRoleEffects extends StsEffects {
  readonly ask: Ask;
}

/** The name that a session gets when nobody named it: `awsreq-` and the time in milliseconds. */
export function sessionNameOf(step: { readonly sessionName: string | null }, now: Date): string {
  return step.sessionName ?? `awsreq-${now.getTime()}`;
}

/**
 * Asks STS for a role with the given credentials, and the person for the code of their device before, if it wants one.
 * @throws UserError `E_STS`, `E_MFA`, `E_MFA_CODE`, `E_CANCELLED`
 */
export async function assumeRole(
  step: AssumeRoleStep,
  master: Credentials,
  sessionName: string,
  effects: AssumeRoleEffects,
): Promise<Credentials> {
  const { mfa, roleArn, externalId, durationSeconds } = step;
  const code = mfa === null ? null : await mfaCode(step, mfa, effects);
  const params = {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...(externalId !== null && { ExternalId: externalId }),
    ...(durationSeconds !== null && { DurationSeconds: durationSeconds }),
    ...(mfa !== null && { SerialNumber: mfa.serial }),
  };
  return callSts(
    step,
    (aws, client) =>
      aws.fromTemporaryCredentials({
        ...client,
        masterCredentials: { ...master },
        params,
        ...(code !== null && { mfaCodeProvider: async () => code }),
      }),
    effects,
  );
}
