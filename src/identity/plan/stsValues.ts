import { UserError } from "../../errors.ts";
import type { Sourced } from "../../stages.ts";
import { commentHint, type Profile, profileKey } from "../files/profile.ts";

/** A device for a second factor, and where it is named. */
export interface MfaDevice {
  /** Its ARN, or the number on its back. */
  readonly serial: string;
  /** `config:line` of the mfa_serial key. */
  readonly place: string;
}

/** What a value of STS looks like, and the sentence that says so. */
interface ValueForm {
  readonly pattern: RegExp;
  readonly rule: string;
}

const sessionName: ValueForm = {
  pattern: /^[\w+=,.@-]{2,64}$/,
  rule: "It has 2 to 64 letters, digits or any of _+=,.@-",
};
const externalId: ValueForm = {
  pattern: /^[\w+=,.@:/-]{2,1224}$/,
  rule: "It has 2 to 1224 letters, digits or any of _+=,.@:/-",
};
const duration: ValueForm = {
  pattern: /^\d{3,5}$/,
  rule: "It is a number of seconds from 900 to 43200; for a role assumed by a role at most 3600.",
};
const serial: ValueForm = {
  pattern: /^[\w+=/:,.@-]{9,256}$/,
  rule: "It is the device's ARN, like arn:aws:iam::123456789012:mfa/anna, or the number on its back.",
};

/** `external_id` of a profile; null when there is none. @throws UserError `E_PROFILE_VALUE` */
export function profileExternalId(profile: Profile): string | null {
  return profileValue(profile, "external_id", externalId);
}

/** `role_session_name` of a profile; null when there is none. @throws UserError `E_PROFILE_VALUE` */
export function profileSessionName(profile: Profile): string | null {
  return profileValue(profile, "role_session_name", sessionName);
}

/** `mfa_serial` of a profile; null when there is none. @throws UserError `E_PROFILE_VALUE` */
export function profileMfa(profile: Profile): MfaDevice | null {
  const value = profileValue(profile, "mfa_serial", serial);
  const place = profileKey(profile, "mfa_serial")?.place;
  return value === null || place === undefined ? null : { serial: value, place };
}

/** `duration_seconds` of a profile; null when there is none. @throws UserError `E_PROFILE_VALUE` */
export function profileDuration(profile: Profile): number | null {
  const written = profileValue(profile, "duration_seconds", duration);
  if (written === null) return null;
  const seconds = Number(written);
  if (seconds >= 900 && seconds <= 43_200) return seconds;
  throw badValue(`duration_seconds of profile "${profile.name}"`, duration.rule);
}

/** An external ID of a request file. @throws UserError `E_PROFILE_VALUE` */
export function checkedExternalId({ value, source }: Sourced<string>): string {
  return checked(value, externalId, `the external ID at ${source}`);
}

/**
 * A session's name that is not a profile's.
 * @param written what it is and where it stands, for the error
 * @throws UserError `E_PROFILE_VALUE`
 */
export function checkedSessionName(value: string, written: string): string {
  return checked(value, sessionName, written);
}

function profileValue(profile: Profile, name: string, form: ValueForm): string | null {
  const key = profileKey(profile, name);
  return key && checked(key.value, form, `${name} of profile "${profile.name}" (${key.place})`);
}

function checked(value: string, { pattern, rule }: ValueForm, written: string): string {
  if (pattern.test(value)) return value;
  throw badValue(written, `${rule}${commentHint(value)}`);
}

function badValue(written: string, rule: string): UserError {
  return new UserError({
    code: "E_PROFILE_VALUE",
    phase: "credentials",
    message: `The value of ${written} is not one that STS takes.`,
    hint: rule,
  });
}
