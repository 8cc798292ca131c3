import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { environmentKeys } from "../choice/environmentKeys.ts";
import type { ProfileChoice } from "../choice/profileChoice.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import { type Profile, type ProfileKey, profileKey } from "../files/profile.ts";
import { type FoundKind, hasKeyPair, kindLabel, kindOf, type ProfileKind } from "../files/profileKind.ts";
import { refuseInWorkspace } from "../files/workspaceFile.ts";
import {
  type AssumeRoleStep,
  type PlanContext,
  profileRoleStep,
  type RoleOnTop,
  roleOnTopStep,
} from "./roleStep.ts";
import { accountIdOf, staticKeys } from "./staticKeys.ts";
import { noCredentials, unknownProfile, whereLooked } from "./unknownProfile.ts";

/** Where the first credentials come from. `place` is the file and line, or the variable, that says so. */
export type SourceStep =
  | {
      readonly kind: "static";
      readonly profile: string;
      readonly place: string;
      readonly credentials: Credentials;
    }
  | { readonly kind: "environment"; readonly place: string; readonly credentials: Credentials }
  | {
      readonly kind: "process";
      readonly profile: string;
      readonly place: string;
      readonly command: string;
      /** The profile's aws_account_id. */
      readonly account: string | null;
    };

/** What is done, in order, to get the credentials that sign. Holds secrets: never logged, never serialised. */
export interface CredentialPlan {
  /** Null for keys of the environment. */
  readonly profile: string | null;
  /** Who chose it. */
  readonly source: string;
  readonly first: SourceStep;
  /** Roles assumed one on top of the other, the last one signs. */
  readonly roles: readonly AssumeRoleStep[];
}

type SourceKind = Exclude<ProfileKind, "assumeRole">;

/** One row for every way to get first credentials; a row that only refuses waits for its provider. */
const sourceSteps: Record<SourceKind, (profile: Profile, key: ProfileKey) => SourceStep> = {
  credentialsKeys: (profile, key) => staticStep(profile, key, "credentials"),
  configKeys: (profile, key) => staticStep(profile, key, "config"),
  process: (profile, key) => {
    refuseInWorkspace(profile.name, "credential_process", key);
    const account = accountIdOf(profile);
    return { kind: "process", profile: profile.name, place: key.place, command: key.value, account };
  },
  webIdentity: (profile, key) => {
    refuseInWorkspace(profile.name, "web_identity_token_file", key);
    throw unsupported(profile, kindLabel("webIdentity"), key);
  },
  sso: (profile, key) => {
    throw unsupported(profile, kindLabel("sso"), key);
  },
  login: (profile, key) => {
    throw unsupported(profile, kindLabel("login"), key);
  },
};

/**
 * Turns files and choice into explicit steps; nothing is read, run or asked, and nothing falls back to anything else.
 * @throws UserError `E_PROFILE_…`, `E_NO_CREDENTIALS`, `E_ENV_KEYS`, `E_KEY_FORM`, `E_ROLE_ARN`, `E_STS_…`,
 *   `E_AWS_FILE_IN_WORKSPACE`
 */
export function planCredentials(
  choice: ProfileChoice,
  context: PlanContext,
  onTop: RoleOnTop | null = null,
): CredentialPlan {
  if (choice.kind === "environmentKeys") {
    const credentials = environmentKeys(context.env);
    return {
      profile: null,
      source: choice.source,
      first: { kind: "environment", place: choice.source, credentials },
      roles: onTop === null ? [] : [roleOnTopStep(onTop, null, context)],
    };
  }
  const profile = chosenProfile(context.files, choice);
  const { first, roles } = chainOf(profile, context);
  return {
    profile: choice.name,
    source: choice.source,
    first,
    roles: onTop === null ? roles : [...roles, roleOnTopStep(onTop, profile, context)],
  };
}

/** The chosen profile, or the error that says where it was looked for. */
function chosenProfile(files: AwsFiles, choice: ProfileChoice & { kind: "profile" }): Profile {
  const profile = files.profiles.get(choice.name);
  if (profile !== undefined) return profile;
  throw choice.source === "default"
    ? noCredentials(files)
    : unknownProfile(files, choice.name, choice.source);
}

function chainOf(top: Profile, context: PlanContext): Pick<CredentialPlan, "first" | "roles"> {
  const roles: AssumeRoleStep[] = [];
  const visited: string[] = [];
  let profile = top;
  for (;;) {
    const found = kindOf(profile, visited.length > 0);
    if (found === null) throw emptyProfile(profile, context.files);
    if (found.kind !== "assumeRole") {
      return { first: sourceSteps[found.kind](profile, found.key), roles };
    }
    visited.push(profile.name);
    const source = sourceOf(profile, found, visited, context.files);
    roles.unshift(profileRoleStep(profile, found.key, source, context));
    profile = source;
  }
}

/** The profile whose credentials ask for the role. A profile may name itself when it has keys of its own. */
function sourceOf(profile: Profile, found: FoundKind, visited: readonly string[], files: AwsFiles): Profile {
  const mfa = profileKey(profile, "mfa_serial");
  const builtIn = profileKey(profile, "credential_source");
  const named = profileKey(profile, "source_profile");
  if (named !== null && builtIn !== null) {
    throw sourceError(
      profile,
      builtIn.place,
      "has both source_profile and credential_source",
      "Keep one of the two.",
    );
  }
  if (builtIn !== null) throw unsupported(profile, "role with credential_source", builtIn);
  if (mfa !== null) throw unsupported(profile, "role with a second factor (mfa_serial)", mfa, mfaHint);
  if (named === null) {
    const hint = "Add `source_profile = NAME`: the profile whose credentials ask for the role.";
    throw sourceError(profile, found.key.place, "has role_arn but no source_profile", hint);
  }
  const source = files.profiles.get(named.value);
  if (source === undefined) {
    const hint = unknownProfile(files, named.value, "source_profile").hint ?? "";
    throw sourceError(
      profile,
      named.place,
      `has source_profile "${named.value}", which does not exist`,
      hint,
    );
  }
  const isSelf = source.name === profile.name && hasKeyPair(source);
  if (visited.includes(source.name) && !isSelf) throw loop(visited, source, named.place);
  return source;
}

function staticStep(profile: Profile, key: ProfileKey, file: "config" | "credentials"): SourceStep {
  const credentials = staticKeys(profile, file);
  return { kind: "static", profile: profile.name, place: key.place, credentials };
}

function unsupported(profile: Profile, kind: string, key: ProfileKey, hint = bridge(profile)): UserError {
  return new UserError({
    code: "E_PROFILE_KIND",
    phase: "credentials",
    message: `Profile "${profile.name}" is of a kind that is not supported yet: ${kind}, at ${key.place}.`,
    hint,
  });
}

const mfaHint =
  "Get temporary keys with `aws sts get-session-token` and put them into a profile of their own.";

function bridge({ name }: Profile): string {
  return `Until it is, another profile can borrow its credentials: \`credential_process = aws configure export-credentials --profile ${name}\`.`;
}

function sourceError(profile: Profile, place: string, what: string, hint: string): UserError {
  return new UserError({
    code: "E_PROFILE_SOURCE",
    phase: "credentials",
    message: `Profile "${profile.name}" ${what} (${place}).`,
    hint,
  });
}

function loop(visited: readonly string[], source: Profile, place: string): UserError {
  const circle = [...visited.slice(visited.indexOf(source.name)), source.name].join(" → ");
  return new UserError({
    code: "E_PROFILE_LOOP",
    phase: "credentials",
    message: `The source_profile at ${place} closes a circle: ${circle}.`,
    hint: "Let one of them take its credentials from a profile with keys or a credential process.",
  });
}

function emptyProfile(profile: Profile, files: AwsFiles): UserError {
  return new UserError({
    code: "E_PROFILE_EMPTY",
    phase: "credentials",
    message: `Profile "${profile.name}" (${profile.place}) has nothing that gives credentials; ${whereLooked(files)}.`,
    hint: "Give it aws_access_key_id and aws_secret_access_key, role_arn and source_profile, or credential_process.",
  });
}
