import { UserError } from "../../errors.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import { type Profile, type ProfileKey, profileKey } from "../files/profile.ts";
import { kindLabel } from "../files/profileKind.ts";
import { whereLooked } from "./unknownProfile.ts";

/** A profile of a kind whose provider is not built. */
export function unsupportedKind(profile: Profile, kind: string, key: ProfileKey): UserError {
  return new UserError({
    code: "E_PROFILE_KIND",
    phase: "credentials",
    message: `Profile "${profile.name}" is of a kind that is not supported yet: ${kind}, at ${key.place}.`,
    hint: `Until it is, another profile can borrow its credentials: \`credential_process = aws configure export-credentials --profile ${profile.name}\`.`,
  });
}

/** A role whose source does not hold. */
export function sourceError(profile: Profile, place: string, what: string, hint: string): UserError {
  return new UserError({
    code: "E_PROFILE_SOURCE",
    phase: "credentials",
    message: `Profile "${profile.name}" ${what} (${place}).`,
    hint,
  });
}

/** A chain of source_profile that comes back to where it was. */
export function sourceLoop(visited: readonly string[], source: Profile, place: string): UserError {
  const circle = [...visited.slice(visited.indexOf(source.name)), source.name].join(" → ");
  return new UserError({
    code: "E_PROFILE_LOOP",
    phase: "credentials",
    message: `The source_profile at ${place} closes a circle: ${circle}.`,
    hint: "Let one of them take its credentials from a profile with keys or a credential process.",
  });
}

/** A profile in which nothing gives credentials. */
export function emptyProfile(profile: Profile, files: AwsFiles): UserError {
  const session = profileKey(profile, "sso_session") ?? profileKey(profile, "sso_start_url");
  if (session !== null) return unsupportedKind(profile, kindLabel("sso"), session);
  return new UserError({
    code: "E_PROFILE_EMPTY",
    phase: "credentials",
    message: `Profile "${profile.name}" (${profile.place}) has nothing that gives credentials; ${whereLooked(files)}.`,
    hint: "Give it aws_access_key_id and aws_secret_access_key, role_arn and source_profile, or credential_process.",
  });
}
