import type { RequestKeys, Sourced } from "../../stages.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import type { Environment } from "../files/profile.ts";
import { kindOf } from "../files/profileKind.ts";
import type { RoleOnTop } from "../plan/roleStep.ts";
import { checkLocalRequest } from "../providers/localIdentity.ts";
import { choiceNotes } from "./choiceNotes.ts";
import {
  chooseProfile,
  localProfile,
  nobodysChoice,
  type ProfileChoice,
  type ProfileVoices,
} from "./profileChoice.ts";
import { chooseRegion, profileRegion } from "./regionChoice.ts";

/** What a request, its folder and the person say about who signs it. */
export interface IdentityOptions {
  readonly flagProfile?: string | undefined;
  readonly pickedProfile?: Sourced<string> | undefined;
  readonly directiveProfile?: Sourced<string> | undefined;
  readonly configuredProfile?: Sourced<string> | undefined;
  readonly dotenvProfile?: Sourced<string> | undefined;
  readonly samProfile?: Sourced<string> | undefined;
  readonly configuredRegion?: Sourced<string> | undefined;
  readonly dotenvRegion?: Sourced<string> | undefined;
  readonly samRegion?: Sourced<string> | undefined;
  readonly role?: RoleOnTop | undefined;
  /** Written by the request itself: before every other voice. */
  readonly requestKeys?: RequestKeys | undefined;
  /** The request's region, asked for a role when no profile has one. */
  readonly region?: string | undefined;
  /** `host:port` that the request goes to; the built-in profile gives keys by it. */
  readonly authority: string;
  /** Workspace folders: AWS files inside them may not name commands or endpoints. */
  readonly untrustedRoots: readonly string[];
}

/** Who is to sign, before it is known how the credentials are got. */
export interface ChosenSigner {
  readonly choice: ProfileChoice;
  /** What the AWS files say; empty where none of them is needed. */
  readonly files: AwsFiles;
  /** The region that holds where neither the request nor its host tells one. */
  readonly region: Sourced<string> | null;
  /** Sentences worth knowing about the choice. */
  readonly notes: readonly string[];
}

/**
 * Chooses who signs: for a send, and for what the editor says of it beforehand. No credential is looked at.
 * @param readFiles the AWS files; read only where they matter, so that a broken one does not stand in the way of others
 * @throws UserError `E_PROFILE_NAME`, `E_LOCAL_PROFILE`; what `readFiles` throws
 */
export async function chooseSigner(
  options: IdentityOptions,
  env: Environment,
  readFiles: () => Promise<AwsFiles>,
): Promise<ChosenSigner> {
  const voices = voicesOf(options, env);
  if (options.requestKeys !== undefined) return signerOfKeys(options.requestKeys, options, voices);
  const voiced = chooseProfile(voices);
  if (isLocal(voiced)) checkLocalRequest(options);
  const needsFiles = voiced.kind !== "environmentKeys" && !isLocal(voiced);
  const files = needsFiles ? await readFiles() : noFiles;
  const choice = choiceBesideFiles(voiced, files);
  const region = chooseRegion({
    configured: options.configuredRegion,
    dotenv: options.dotenvRegion,
    env,
    profile: profileRegion(files, choice),
    samconfig: options.samRegion,
  });
  return { choice, files, region, notes: choiceNotes(choice, voices) };
}

/** Keys that the request writes itself sign, whatever profile is named beside it; which is said. */
function signerOfKeys(keys: RequestKeys, options: IdentityOptions, voices: ProfileVoices): ChosenSigner {
  const { flagProfile, pickedProfile, directiveProfile } = options;
  const flag = flagProfile === undefined ? undefined : { value: flagProfile, source: "--profile" };
  const named = flag ?? pickedProfile ?? directiveProfile;
  const region = chooseRegion({
    configured: options.configuredRegion,
    dotenv: options.dotenvRegion,
    env: voices.env,
    profile: null,
    samconfig: options.samRegion,
  });
  const note = `The keys of the Authorization header (${keys.source}) sign, not profile "${named?.value}" (${named?.source}).`;
  return {
    choice: { kind: "requestKeys", ...keys },
    files: noFiles,
    region,
    notes: named === undefined ? [] : [note],
  };
}

/** True for the built-in profile of the local endpoint. */
export function isLocal(choice: ProfileChoice): boolean {
  return choice.kind === "profile" && choice.name === localProfile;
}

/** As the AWS CLI has it, a role of `[default]` comes before a web identity of the environment. */
function choiceBesideFiles(choice: ProfileChoice, files: AwsFiles): ProfileChoice {
  const byDefault = files.profiles.get(nobodysChoice.name);
  return choice.kind === "environmentWebIdentity" &&
    byDefault !== undefined &&
    kindOf(byDefault, false)?.kind === "assumeRole"
    ? nobodysChoice
    : choice;
}

/** The voices that choose a profile. */
export function voicesOf(options: IdentityOptions, env: Environment): ProfileVoices {
  return {
    flag: options.flagProfile,
    picked: options.pickedProfile,
    directive: options.directiveProfile,
    configured: options.configuredProfile,
    dotenv: options.dotenvProfile,
    env,
    samconfig: options.samProfile,
  };
}

/** What no file says. */
export const noFiles: AwsFiles = {
  files: [],
  profiles: new Map(),
  services: new Map(),
  misplaced: new Map(),
};
