import { UserError } from "../errors.ts";

/** Variables that hold AWS secrets, or the path of one, under any allow-list. */
const never: ReadonlySet<string> = new Set([
  "AWS_ACCESS_KEY_ID",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_TOKEN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
]);

/** AWS's own variables of later date: anything of the prefix that calls itself a secret, a token, a password or a key. */
const looksSecret = /^AWS_.*(?:SECRET|TOKEN|PASSWORD|ACCESS_KEY|PRIVATE_KEY)/;

/**
 * Whether `{{$processEnv NAME}}` may be read.
 * @param allowed the names that the person's own settings allow
 * @returns `E_REFUSED_AWS_SECRET`, `E_REFUSED_PROCESS_ENV`, or null when it may
 */
export function processEnvRefusal(name: string, allowed: readonly string[]): UserError | null {
  // Windows reads variables in any case, so a secret is one in any case.
  const upper = name.toUpperCase();
  if (never.has(upper) || looksSecret.test(upper)) {
    return new UserError({
      code: "E_REFUSED_AWS_SECRET",
      phase: "guard",
      message: `{{$processEnv ${name}}} would put an AWS secret into the request; it is never read.`,
      hint: "Name a profile with `# @profile NAME`: the request is signed with its credentials, which stay here.",
    });
  }
  if (allowed.includes(name)) return null;
  return new UserError({
    code: "E_REFUSED_PROCESS_ENV",
    phase: "guard",
    message: `{{$processEnv ${name}}} is not on the list of environment variables that request files may read.`,
    hint: `Add ${name} to the list in your own settings, or give the value with --var.`,
  });
}
