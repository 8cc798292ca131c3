import { UserError } from "../../errors.ts";
import { type Profile, type ProfileKey, profileKey, variable } from "../files/profile.ts";
import { refuseInWorkspace } from "../files/workspaceFile.ts";
import { parseRoleArn } from "./roleArn.ts";
import type { PlanContext } from "./roleStep.ts";
import type { WebIdentityStep } from "./sourceStep.ts";
import { stsEndpoint } from "./stsEndpoint.ts";
import { checkedSessionName, profileDuration, profileSessionName } from "./stsValues.ts";

/**
 * The call that a profile's `web_identity_token_file` and `role_arn` stand for.
 * @throws UserError `E_WEB_IDENTITY`, `E_ROLE_ARN`, `E_PROFILE_VALUE`, `E_AWS_FILE_IN_WORKSPACE` and what `stsEndpoint` throws
 */
export function profileWebIdentityStep(
  profile: Profile,
  key: ProfileKey,
  context: PlanContext,
): WebIdentityStep {
  refuseInWorkspace(profile.name, "web_identity_token_file", key);
  const arn = profileKey(profile, "role_arn");
  if (arn === null) throw withoutRole(`Profile "${profile.name}"`, "role_arn", key.place);
  const role = parseRoleArn(arn.value, `role_arn of profile "${profile.name}" (${arn.place})`);
  return {
    kind: "webIdentity",
    profile: profile.name,
    place: key.place,
    tokenFile: key.value,
    roleArn: arn.value,
    role,
    sessionName: profileSessionName(profile),
    durationSeconds: profileDuration(profile),
    ...stsEndpoint({ ...context, profile, source: null, partition: role.partition }),
  };
}

/**
 * The call that AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN and AWS_ROLE_SESSION_NAME stand for, as EKS and pipelines set
 * them.
 * @throws UserError `E_WEB_IDENTITY`, `E_ROLE_ARN`, `E_PROFILE_VALUE` and what `stsEndpoint` throws
 */
export function environmentWebIdentityStep(source: string, context: PlanContext): WebIdentityStep {
  const { env } = context;
  const tokenFile = variable(env, source);
  const arn = variable(env, "AWS_ROLE_ARN");
  if (tokenFile === null || arn === null) throw withoutRole("The environment", "AWS_ROLE_ARN", source);
  const role = parseRoleArn(arn, "AWS_ROLE_ARN");
  const name = variable(env, "AWS_ROLE_SESSION_NAME");
  return {
    kind: "webIdentity",
    profile: null,
    place: source,
    tokenFile,
    roleArn: arn,
    role,
    sessionName: name === null ? null : checkedSessionName(name, "AWS_ROLE_SESSION_NAME"),
    durationSeconds: null,
    ...stsEndpoint({ ...context, profile: null, source: null, partition: role.partition }),
  };
}

function withoutRole(who: string, name: string, place: string): UserError {
  return new UserError({
    code: "E_WEB_IDENTITY",
    phase: "credentials",
    message: `${who} names a web identity token (${place}) but no role: ${name} is missing.`,
    hint: `Add ${name}: the role that trusts the token's issuer.`,
  });
}
