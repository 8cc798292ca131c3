import type { TriedStep } from "../../errors.ts";
import { isNobodysChoice, type ProfileChoice } from "../choice/profileChoice.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import { commentHint, type Profile, type ProfileKey, profileKey } from "../files/profile.ts";
import { type FoundKind, hasOwnKeys, kindLabel, kindOf, type ProfileKind } from "../files/profileKind.ts";
import { refuseInWorkspace } from "../files/workspaceFile.ts";
import { credentialSourceStep, environmentStep } from "./credentialSource.ts";
import { checkKeyForm, type KeyNames } from "./keyForm.ts";
import { containerStep, instanceMetadataStep } from "./machineCredentials.ts";
import { emptyProfile, sourceError, sourceLoop, unsupportedKind } from "./planFaults.ts";
import {
  type AssumeRoleStep,
  type PlanContext,
  profileRoleStep,
  type RoleOnTop,
  roleOnTopStep,
} from "./roleStep.ts";
import type { SourceStep } from "./sourceStep.ts";
import { accountIdOf, statedExpiration, staticKeys } from "./staticKeys.ts";
import { noCredentials, unknownProfile } from "./unknownProfile.ts";
import { environmentWebIdentityStep, profileWebIdentityStep } from "./webIdentityStep.ts";

/** What is done, in order, to get the credentials that sign. Holds secrets: never logged, never serialised. */
export interface CredentialPlan {
  /** Null for credentials of the environment or the machine. */
  readonly profile: string | null;
  /** Who chose it. */
  readonly source: string;
  readonly first: SourceStep;
  /** Roles assumed one on top of the other, the last one signs. */
  readonly roles: readonly AssumeRoleStep[];
}

type SourceKind = Exclude<ProfileKind, "assumeRole">;

/** One row for every way to get first credentials; a row that only refuses waits for its provider. */
const sourceSteps: Record<
  SourceKind,
  (profile: Profile, key: ProfileKey, context: PlanContext) => SourceStep
> = {
  credentialsKeys: (profile, key) => staticStep(profile, key, "credentials"),
  configKeys: (profile, key) => staticStep(profile, key, "config"),
  process: (profile, key) => {
    refuseInWorkspace(profile.name, "credential_process", key);
    const account = accountIdOf(profile);
    return { kind: "process", profile: profile.name, place: key.place, command: key.value, account };
  },
  webIdentity: profileWebIdentityStep,
  sso: (profile, key) => {
    throw unsupportedKind(profile, kindLabel("sso"), key);
  },
  login: (profile, key) => {
    throw unsupportedKind(profile, kindLabel("login"), key);
  },
};

/**
 * Turns files and choice into explicit steps; nothing is read, run or asked, and nothing falls back to anything else.
 * Only where nobody chose and `[default]` is missing or holds no credentials, the machine's own are planned for.
 * @throws UserError `E_PROFILE_…`, `E_NO_CREDENTIALS`, `E_ENV_KEYS`, `E_KEY_FORM`, `E_ROLE_ARN`, `E_STS_…`,
 *   `E_WEB_IDENTITY`, `E_METADATA_…`, `E_AWS_FILE_IN_WORKSPACE`
 */
export function planCredentials(
  choice: ProfileChoice,
  context: PlanContext,
  onTop: RoleOnTop | null = null,
): CredentialPlan {
  const profile = choice.kind === "profile" ? (context.files.profiles.get(choice.name) ?? null) : null;
  const hasCredentials = profile !== null && !(isNobodysChoice(choice) && kindOf(profile, false) === null);
  const planned = hasCredentials ? chainOf(profile, context) : withoutProfile(choice, context);
  const signer = hasCredentials ? profile.name : null;
  // What a `[default]` without credentials says of region and endpoint holds all the same.
  const added = onTop === null ? [] : [{ ...roleOnTopStep(onTop, profile, context), profile: signer }];
  return {
    profile: signer,
    source: planned.source ?? choice.source,
    first: planned.first,
    roles: [...planned.roles, ...added],
  };
}

type Planned = Pick<CredentialPlan, "first" | "roles"> & {
  /** Where the credentials were found when nobody named them. */
  readonly source?: string;
};

const requestKeyNames: KeyNames = {
  accessKeyId: "the access key id in the Authorization header",
  secretAccessKey: "the secret access key in the Authorization header",
  sessionToken: "the session token in the Authorization header",
};

function withoutProfile(choice: ProfileChoice, context: PlanContext): Planned {
  switch (choice.kind) {
    case "environmentKeys":
      return { first: environmentStep(choice.source, context.env), roles: [] };
    case "requestKeys":
      checkKeyForm(choice.credentials, requestKeyNames);
      return {
        first: { kind: "request", place: choice.source, credentials: choice.credentials },
        roles: [],
      };
    case "environmentWebIdentity":
      return { first: environmentWebIdentityStep(choice.source, context), roles: [] };
    case "profile":
      if (!isNobodysChoice(choice)) throw unknownProfile(context.files, choice.name, choice.source);
      return machinePlan(context);
  }
}

/** The last resort of a pipeline or a server: its container, else its instance. */
function machinePlan({ env, files, metadata }: PlanContext): Planned {
  const first = metadata ? (containerStep(env) ?? instanceMetadataStep(env)) : null;
  if (first === null) throw noCredentials(files, env, unasked(metadata));
  return { first, roles: [], source: first.kind === "container" ? first.place : "instance metadata" };
}

function unasked(metadata: boolean): TriedStep {
  const text = metadata
    ? "container and instance metadata: turned off by AWS_EC2_METADATA_DISABLED"
    : "container and instance metadata: off here (awsreq.useMachineCredentials)";
  return { text, outcome: "skipped" };
}

function chainOf(top: Profile, context: PlanContext): Planned {
  const roles: AssumeRoleStep[] = [];
  const visited: string[] = [];
  let profile = top;
  for (;;) {
    const found = kindOf(profile, visited.length > 0);
    if (found === null) throw emptyProfile(profile, context.files);
    if (found.kind !== "assumeRole") {
      return { first: sourceSteps[found.kind](profile, found.key, context), roles };
    }
    visited.push(profile.name);
    const source = sourceOf(profile, found, visited, context);
    roles.unshift(profileRoleStep(profile, found.key, "name" in source ? source : null, context));
    if (!("name" in source)) return { first: source, roles };
    profile = source;
  }
}

/**
 * The profile whose credentials ask for the role, or the step that `credential_source` stands for. A profile may name
 * itself when it has keys of its own.
 */
function sourceOf(
  profile: Profile,
  found: FoundKind,
  visited: readonly string[],
  context: PlanContext,
): Profile | SourceStep {
  const builtIn = profileKey(profile, "credential_source");
  const named = profileKey(profile, "source_profile");
  if (named !== null && builtIn !== null) {
    const what = "has both source_profile and credential_source";
    throw sourceError(profile, builtIn.place, what, "Keep one of the two.");
  }
  if (builtIn !== null) return credentialSourceStep(profile, builtIn, context);
  if (named === null) {
    const hint = "Add `source_profile = NAME`: the profile whose credentials ask for the role.";
    throw sourceError(profile, found.key.place, "has role_arn but no source_profile", hint);
  }
  return namedSource(profile, named, visited, context.files);
}

function namedSource(
  profile: Profile,
  named: ProfileKey,
  visited: readonly string[],
  files: AwsFiles,
): Profile {
  const source = files.profiles.get(named.value);
  if (source === undefined) {
    const hint = unknownProfile(files, named.value, "source_profile").hint ?? "";
    const what = `has source_profile "${named.value}", which does not exist`;
    throw sourceError(profile, named.place, what, `${hint}${commentHint(named.value)}`);
  }
  const isSelf = source.name === profile.name && hasOwnKeys(source);
  if (visited.includes(source.name) && !isSelf) throw sourceLoop(visited, source, named.place);
  return source;
}

function staticStep(profile: Profile, key: ProfileKey, file: "config" | "credentials"): SourceStep {
  const credentials = staticKeys(profile, file);
  const step = { kind: "static", profile: profile.name, place: key.place, credentials } as const;
  const stated = statedExpiration(profile, file);
  if (stated === null) return step;
  return stated.time === null
    ? { ...step, unreadExpiration: stated.place }
    : { ...step, expirationPlace: stated.place };
}
