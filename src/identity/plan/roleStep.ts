import { UserError } from "../../errors.ts";
import type { Sourced } from "../../stages.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import { type Environment, type Profile, type ProfileKey, profileKey } from "../files/profile.ts";
import { parseRoleArn, type RoleArn } from "./roleArn.ts";
import { type StsEndpoint, stsEndpoint } from "./stsEndpoint.ts";

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
}

const sessionNameForm = /^[\w+=,.@-]{2,64}$/;
const externalIdForm = /^[\w+=,.@:/-]{2,1224}$/;
const durationForm = /^\d{3,5}$/;

/**
 * The AssumeRole call that a profile's `role_arn` stands for.
 * @throws UserError `E_ROLE_ARN`, `E_PROFILE_VALUE` and what `stsEndpoint` throws
 */
export function profileRoleStep(
  profile: Profile,
  arn: ProfileKey,
  source: Profile,
  context: PlanContext,
): AssumeRoleStep {
  const role = parseRoleArn(arn.value, `role_arn of profile "${profile.name}" (${arn.place})`);
  const setting = (name: string, form: RegExp, rule: string) => {
    const key = profileKey(profile, name);
    return key && checked(key.value, form, `${name} of profile "${profile.name}" (${key.place})`, rule);
  };
  return {
    kind: "assumeRole",
    profile: profile.name,
    place: arn.place,
    roleArn: arn.value,
    role,
    externalId: setting("external_id", externalIdForm, externalIdRule),
    sessionName: setting("role_session_name", sessionNameForm, sessionNameRule),
    durationSeconds: durationOf(setting("duration_seconds", durationForm, durationRule), profile),
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
    externalId: checkedSourced(externalId, externalIdForm, "external ID", externalIdRule),
    sessionName: checkedSourced(sessionName, sessionNameForm, "session name", sessionNameRule),
    durationSeconds: null,
    ...stsEndpoint({ ...context, profile, source: null, partition: parsed.partition }),
  };
}

const externalIdRule = "It has 2 to 1224 letters, digits or any of _+=,.@:/-";
const sessionNameRule = "It has 2 to 64 letters, digits or any of _+=,.@-";
const durationRule =
  "It is a number of seconds from 900 to 43200; for a role assumed by a role at most 3600.";

function checkedSourced(
  given: Sourced<string> | undefined,
  form: RegExp,
  name: string,
  rule: string,
): string | null {
  return given === undefined ? null : checked(given.value, form, `the ${name} at ${given.source}`, rule);
}

function durationOf(written: string | null, profile: Profile): number | null {
  if (written === null) return null;
  const seconds = Number(written);
  if (seconds >= 900 && seconds <= 43_200) return seconds;
  throw badValue(`duration_seconds of profile "${profile.name}"`, durationRule);
}

function checked(value: string, form: RegExp, written: string, rule: string): string {
  if (form.test(value)) return value;
  throw badValue(written, rule);
}

function badValue(written: string, rule: string): UserError {
  return new UserError({
    code: "E_PROFILE_VALUE",
    phase: "credentials",
    message: `The value of ${written} is not one that STS takes.`,
    hint: rule,
  });
}
