import type { Sourced } from "../../stages.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import type { Environment, Profile, ProfileKey } from "../files/profile.ts";
import { parseRoleArn, type RoleArn } from "./roleArn.ts";
import { type StsEndpoint, stsEndpoint } from "./stsEndpoint.ts";
import {
  checkedExternalId,
  checkedSessionName,
  type MfaDevice,
  profileDuration,
  profileExternalId,
  profileMfa,
  profileSessionName,
} from "./stsValues.ts";

/** One AssumeRole call, with everything that it is told. */
export interface AssumeRoleStep extends StsEndpoint {
  readonly kind: "assumeRole";
  /** The profile that the call belongs to; null for keys of the environment. */
  readonly profile: string | null;
  /** Where the role is written. */
  readonly place: string;
  readonly roleArn: string;
  readonly role: RoleArn;
  readonly externalId: string | null;
  /** Null: a name is made when the role is assumed. */
  readonly sessionName: string | null;
  /** Seconds; null for STS's own default, an hour. */
  readonly durationSeconds: number | null;
  /** The device whose code STS wants, and where it is named; null when the role needs none. */
  readonly mfa: MfaDevice | null;
}

/** `# @role` with its `@external-id` and `@session-name`: a role on top of whatever the profile gives. */
export interface RoleOnTop {
  readonly arn: Sourced<string>;
  readonly externalId?: Sourced<string> | undefined;
  readonly sessionName?: Sourced<string> | undefined;
}

/** What every step of a plan is made from. */
export interface PlanContext {
  readonly files: AwsFiles;
  readonly env: Environment;
  /** A region to ask STS in when no profile has one. */
  readonly region: string | null;
  /** Whether container and instance metadata may be asked. */
  readonly metadata: boolean;
}

/**
 * The AssumeRole call that a profile's `role_arn` stands for.
 * @param source the profile whose credentials ask; null when they come from `credential_source`
 * @throws UserError `E_ROLE_ARN`, `E_PROFILE_VALUE` and what `stsEndpoint` throws
 */
export function profileRoleStep(
  profile: Profile,
  arn: ProfileKey,
  source: Profile | null,
  context: PlanContext,
): AssumeRoleStep {
  const role = parseRoleArn(arn.value, `role_arn of profile "${profile.name}" (${arn.place})`);
  return {
    kind: "assumeRole",
    profile: profile.name,
    place: arn.place,
    roleArn: arn.value,
    role,
    externalId: profileExternalId(profile),
    sessionName: profileSessionName(profile),
    durationSeconds: profileDuration(profile),
    mfa: profileMfa(profile),
    ...stsEndpoint({ ...context, profile, source, partition: role.partition }),
  };
}

/**
 * The AssumeRole call on top of a profile, or of the environment's keys when that is null.
 * @throws UserError `E_ROLE_ARN`, `E_PROFILE_VALUE` and what `stsEndpoint` throws
 */
export function roleOnTopStep(
  role: RoleOnTop,
  profile: Profile | null,
  context: PlanContext,
): AssumeRoleStep {
  const { arn, externalId, sessionName } = role;
  const parsed = parseRoleArn(arn.value, `the role at ${arn.source}`);
  return {
    kind: "assumeRole",
    profile: profile?.name ?? null,
    place: arn.source,
    roleArn: arn.value,
    role: parsed,
    externalId: externalId === undefined ? null : checkedExternalId(externalId),
    sessionName:
      sessionName === undefined
        ? null
        : checkedSessionName(sessionName.value, `the session name at ${sessionName.source}`),
    durationSeconds: null,
    mfa: null,
    ...stsEndpoint({ ...context, profile, source: null, partition: parsed.partition }),
  };
}
