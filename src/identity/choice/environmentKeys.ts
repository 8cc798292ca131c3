import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { type Environment, variable } from "../files/profile.ts";
import { checkKeyForm } from "../plan/keyForm.ts";

const names = {
  accessKeyId: "AWS_ACCESS_KEY_ID",
  secretAccessKey: "AWS_SECRET_ACCESS_KEY",
  sessionToken: "AWS_SESSION_TOKEN",
} as const;

/** True when either variable of the key pair is set, even to nothing: then nothing else may sign in its place. */
export function hasEnvironmentKeys(env: Environment): boolean {
  return env[names.accessKeyId] !== undefined || env[names.secretAccessKey] !== undefined;
}

/**
 * The key pair of the environment.
 * @throws UserError `E_ENV_KEYS` when half of it is missing or empty, `E_KEY_FORM` when it was pasted with blanks
 */
export function environmentKeys(env: Environment): Credentials {
  const accessKeyId = variable(env, names.accessKeyId);
  const secretAccessKey = variable(env, names.secretAccessKey);
  if (accessKeyId === null || secretAccessKey === null) throw halfPair(env, accessKeyId, secretAccessKey);
  const sessionToken = variable(env, names.sessionToken) ?? variable(env, "AWS_SECURITY_TOKEN");
  const accountId = variable(env, "AWS_ACCOUNT_ID");
  const keys = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== null && { sessionToken }),
    ...(accountId !== null && /^\d{12}$/.test(accountId) && { accountId }),
  };
  checkKeyForm(keys, names);
  return keys;
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
