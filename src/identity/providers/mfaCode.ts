import { UserError } from "../../errors.ts";
import type { Ask } from "../../questions.ts";
import { unlessAborted } from "../cancellation.ts";
import type { AssumeRoleStep } from "../plan/roleStep.ts";
import type { MfaDevice } from "../plan/stsValues.ts";

/**
 * The six digits that the person reads from their device. Blanks between and around them are taken out.
 * @throws UserError `E_MFA` when nobody gives a code, `E_MFA_CODE` when it is none, `E_CANCELLED`
 */
export async function mfaCode(
  step: Pick<AssumeRoleStep, "profile" | "roleArn">,
  { serial, place }: MfaDevice,
  { ask, signal }: { readonly ask: Ask; readonly signal: AbortSignal },
): Promise<string> {
  const profile = step.profile ?? "";
  const question = { kind: "mfa", profile, role: step.roleArn, serial, place } as const;
  const answer = await unlessAborted(ask(question), signal);
  const code = typeof answer === "string" ? answer.replace(/\s/g, "") : "";
  if (code === "") throw withoutCode(profile, serial, place);
  if (/^\d{6}$/.test(code)) return code;
  throw new UserError({
    code: "E_MFA_CODE",
    phase: "credentials",
    message: `What was given for the second factor of profile "${profile}" (${place}) is not six digits, so STS was not asked.`,
    hint: `Read the six digits from the device ${serial}, and send again.`,
  });
}

function withoutCode(profile: string, serial: string, place: string): UserError {
  return new UserError({
    code: "E_MFA",
    phase: "credentials",
    message: `Profile "${profile}" wants a code of the device ${serial} (${place}), and none was given.`,
    hint: "Send again and type the six digits; on the command line, --mfa-code gives them.",
  });
}
