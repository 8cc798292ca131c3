import { UserError } from "../errors.ts";

/**
 * Names of variables that hold AWS credentials or lead to them, in any case, with anything around them:
 * `AWS_SECRET_ACCESS_KEY_PROD`, `TF_VAR_aws_session_token`, `R2_SECRET_ACCESS_KEY`. No allow-list opens them.
 */
const secretNames: readonly RegExp[] = [
  /(?:AWS|AMAZON).*(?:SECRET|TOKEN|PASSW|PASSPHRASE|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIAL)/,
  /SECRET_?ACCESS_?KEY|ACCESS_?KEY_?ID/,
];

/**
 * Whether a request file may read an environment variable, by `{{$processEnv NAME}}` or from a `.env` file.
 * @param allowed the names that the person's own settings allow
 * @returns `E_PROCESS_ENV_REFUSED`, or null when it may
 */
export function processEnvRefusal(name: string, allowed: ReadonlySet<string>): UserError | null {
  // Windows reads variables in any case, so a secret is one in any case.
  const upper = name.toUpperCase();
  if (secretNames.some((secret) => secret.test(upper)))
    return refused(
      `${name} holds AWS credentials, or leads to them, and is never put into a request.`,
      "Name a profile with `# @profile NAME`: the request is signed with its credentials, which stay here.",
    );
  if (allowed.has(name)) return null;
  return refused(
    `${name} is not among the environment variables that request files may read.`,
    "Add it to AWSREQ_PROCESS_ENV (in VS Code: the user setting awsreq.allowedProcessEnv), or pass --var.",
  );
}

function refused(message: string, hint: string): UserError {
  return new UserError({ code: "E_PROCESS_ENV_REFUSED", phase: "guard", message, hint });
}
