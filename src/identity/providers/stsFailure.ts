import { UserError } from "../../errors.ts";
import type { AssumeRoleStep } from "../plan/roleStep.ts";

interface Failure {
  readonly says: string;
  readonly hint: string;
}

const expired: Failure = {
  says: "the credentials that asked for the role have expired",
  hint: "Renew the credentials of the source profile.",
};

const throttled: Failure = { says: "STS is being asked too often", hint: "Wait a little and send again." };

const unreadable: Failure = {
  says: "the answer was not one that STS gives",
  hint: "Check the endpoint that the profile or AWS_ENDPOINT_URL_STS gives for STS, and the proxy.",
};

/** What STS's error codes mean here. Its own text is not shown: it may echo what was sent. */
const failures: ReadonlyMap<string, Failure> = new Map([
  [
    "AccessDenied",
    {
      says: "the credentials that asked may not assume the role",
      hint: "Check the role's trust policy (principal, external ID, conditions) and that the caller is allowed sts:AssumeRole on it.",
    },
  ],
  ["ExpiredToken", expired],
  ["ExpiredTokenException", expired],
  [
    "InvalidClientTokenId",
    {
      says: "STS does not know the access key id that asked",
      hint: "The key may be deleted or of another partition, or its session token is missing.",
    },
  ],
  [
    "SignatureDoesNotMatch",
    {
      says: "the secret access key that asked does not belong to its key id, or this machine's clock is wrong",
      hint: "Check the source profile's secret access key, and the clock.",
    },
  ],
  [
    "RegionDisabledException",
    {
      says: "STS is not activated in that region for the account",
      hint: "Give the profile another region, or activate STS there in the IAM account settings.",
    },
  ],
  [
    "ValidationError",
    {
      says: "STS does not take one of the values",
      hint: "Check duration_seconds (the role's maximum, and 3600 for a role assumed by a role), role_session_name and external_id.",
    },
  ],
  ["Throttling", throttled],
  ["ThrottlingException", throttled],
  ["TooManyRequestsException", throttled],
]);

const unreachableHint =
  "Check the network, the proxy, and the region or endpoint that the profile gives for STS.";

/** The SDK's error in our words, with code and status; nothing that was sent or received is in it. */
export function stsFailure(step: AssumeRoleStep, error: unknown): UserError {
  const status = statusOf(error);
  const unreached = status === null ? textMember(error, "code") : null;
  if (unreached !== null) {
    const what = `STS at ${new URL(step.endpoint).host} could not be asked (${unreached})`;
    return stsError(step, what, unreachableHint, { code: unreached, status });
  }
  const code = textMember(error, "name") ?? "unknown error";
  const failure = failures.get(code) ?? (status === null ? unreadable : byStatus(status));
  const what = status === null ? `${failure.says} (${code})` : `${failure.says} (${code}, status ${status})`;
  return stsError(step, what, failure.hint, { code, status });
}

/** STS gave no answer in time. */
export function stsTimeout(step: AssumeRoleStep, timeout: number): UserError {
  const what = `STS at ${new URL(step.endpoint).host} gave no answer within ${timeout / 1000} s`;
  return stsError(step, what, unreachableHint, { code: "Timeout", status: null });
}

function byStatus(status: number): Failure {
  if (status < 400) return unreadable;
  if (status === 429) return throttled;
  return status >= 500
    ? { says: "STS failed", hint: "Send again; if it lasts, look at the AWS Health Dashboard." }
    : { says: "STS refused", hint: "Look the code up in the API reference of AssumeRole." };
}

function stsError(
  step: AssumeRoleStep,
  what: string,
  hint: string,
  cause: { readonly code: string; readonly status: number | null },
): UserError {
  const who = step.profile === null ? "the keys of the environment" : `profile "${step.profile}"`;
  return new UserError({
    code: "E_STS",
    phase: "credentials",
    message: `The role ${step.roleArn} (${step.place}) was not assumed for ${who}: ${what}.`,
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
