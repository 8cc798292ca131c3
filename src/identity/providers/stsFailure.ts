import { UserError } from "../../errors.ts";
import { certificateCause } from "./certificateCause.ts";
import { type CauseOfSts, stsCause, unreachableHint } from "./stsCauses.ts";

/** What STS was asked for. */
export interface StsSubject {
  /** The profile that the call belongs to; null for credentials of the environment or the machine. */
  readonly profile: string | null;
  /** Where the role is written. */
  readonly place: string;
  readonly roleArn: string;
  /** A URL. */
  readonly endpoint: string;
}

/** The SDK's error in our words, with code and status; nothing that was sent or received is in it. */
export function stsFailure(subject: StsSubject, error: unknown): UserError {
  const status = statusOf(error);
  const unreached = status === null ? textMember(error, "code") : null;
  if (unreached !== null) {
    const host = new URL(subject.endpoint).host;
    const certificate = certificateCause(unreached);
    const proxyStatus = member(error, "proxyStatus");
    const says =
      typeof proxyStatus === "number" ? `the proxy answered ${proxyStatus}` : (certificate?.says ?? null);
    const what = `STS at ${host} could not be asked${says === null ? "" : `: ${says}`} (${unreached})`;
    return stsError(subject, "E_STS", what, certificate?.hint ?? unreachableHint, {
      code: unreached,
      status,
    });
  }
  const code = textMember(error, "name") ?? "unknown error";
  if (code === "AccessDenied" && isMfaFault(error)) return mfaRefused(subject, { code, status });
  const { says, hint } = stsCause(code, status);
  const what = status === null ? `${says} (${code})` : `${says} (${code}, status ${status})`;
  return stsError(subject, "E_STS", what, hint, { code, status });
}

/** STS gave no answer in time. */
export function stsTimeout(subject: StsSubject, timeout: number): UserError {
  const what = `STS at ${new URL(subject.endpoint).host} gave no answer within ${timeout / 1000} s`;
  return stsError(subject, "E_STS", what, unreachableHint, { code: "Timeout", status: null });
}

/** The message is read, never shown: STS has one code for every denial. */
function isMfaFault(error: unknown): boolean {
  return error instanceof Error && /MultiFactorAuthentication failed/i.test(error.message);
}

function mfaRefused(subject: StsSubject, cause: CauseOfSts): UserError {
  const hint =
    "Wait for the next code, as each is taken once, and send again; check that mfa_serial is that device's.";
  return stsError(subject, "E_MFA_CODE", "STS does not take the code of the second factor", hint, cause);
}

function stsError(
  { profile, roleArn, place }: StsSubject,
  code: string,
  what: string,
  hint: string,
  cause: CauseOfSts,
): UserError {
  const who = profile === null ? "the credentials of the environment" : `profile "${profile}"`;
  return new UserError({
    code,
    phase: "credentials",
    message: `The role ${roleArn} (${place}) was not assumed for ${who}: ${what}.`,
    hint,
    cause,
  });
}

function statusOf(error: unknown): number | null {
  const metadata = member(error, "$metadata");
  const status = member(metadata, "httpStatusCode");
  return typeof status === "number" ? status : null;
}

/** Error codes are short words; anything else could be text that a server made up. */
function textMember(value: unknown, key: string): string | null {
  const found = member(value, key);
  return typeof found === "string" && /^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(found) ? found : null;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
