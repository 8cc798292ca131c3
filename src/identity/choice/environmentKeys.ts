import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { type Environment, variable } from "../files/profile.ts";
import { checkKeyForm } from "../plan/keyForm.ts";
import { statedTime } from "../plan/statedTime.ts";

const names = {
  accessKeyId: "AWS_ACCESS_KEY_ID",
  secretAccessKey: "AWS_SECRET_ACCESS_KEY",
  sessionToken: "AWS_SESSION_TOKEN",
} as const;

/** Says when the environment's credentials end. */
export const expirationVariable = "AWS_CREDENTIAL_EXPIRATION";

/** True when either variable of the key pair holds something: then nothing else may sign in its place. */
export function hasEnvironmentKeys(env: Environment): boolean {
  return variable(env, names.accessKeyId) !== null || variable(env, names.secretAccessKey) !== null;
}

/**
 * The key pair of the environment.
 * @throws UserError `E_ENV_KEYS` when half of it is missing or empty or its end is no time, `E_KEY_FORM` when it was
 *   pasted with blanks
 */
export function environmentKeys(env: Environment): Credentials {
  const accessKeyId = variable(env, names.accessKeyId);
  const secretAccessKey = variable(env, names.secretAccessKey);
  if (accessKeyId === null || secretAccessKey === null) throw halfPair(env, accessKeyId, secretAccessKey);
  const sessionToken = variable(env, "AWS_SECURITY_TOKEN") ?? variable(env, names.sessionToken);
  const accountId = variable(env, "AWS_ACCOUNT_ID");
  const expiration = environmentExpiration(env);
  const keys = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== null && { sessionToken }),
    ...(expiration !== null && { expiration }),
    ...(accountId !== null && /^\d{12}$/.test(accountId) && { accountId }),
  };
  checkKeyForm(keys, names);
  return keys;
}

/** The AWS CLI does not sign with an end that it cannot read either. */
function environmentExpiration(env: Environment): Date | null {
  const written = variable(env, expirationVariable);
  const time = written === null ? null : statedTime(written);
  if (written === null || time !== null) return time;
  throw new UserError({
    code: "E_ENV_KEYS",
    phase: "credentials",
    message: `The value of ${expirationVariable} is not a time, so nobody can say whether the keys in the environment still hold.`,
    hint: `Unset ${expirationVariable}, or give it a time like 2030-05-17T12:00:00Z.`,
  });
}

function halfPair(env: Environment, id: string | null, secret: string | null): UserError {
  const lacking = [
    ...(id === null ? [names.accessKeyId] : []),
    ...(secret === null ? [names.secretAccessKey] : []),
  ].map((name) => `${name} is ${env[name] === undefined ? "not set" : "empty"}`);
  return new UserError({
    code: "E_ENV_KEYS",
    phase: "credentials",
    message: `The keys in the environment are not whole: ${lacking.join(" and ")}.`,
    hint: "Set both variables, or unset both, or choose a profile with --profile.",
  });
}
