import type { Sourced } from "../../stages.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import { type Environment, profileKey, variable } from "../files/profile.ts";
import type { ProfileChoice } from "./profileChoice.ts";

/** The voices that choose a region where neither the request nor its host tells, the loudest first. */
export interface RegionVoices {
  /** Named by a setting. */
  readonly configured?: Sourced<string> | undefined;
  /** `AWS_REGION` in the folder's `.env`. */
  readonly dotenv?: Sourced<string> | undefined;
  readonly env: Environment;
  /** The `region` key of the chosen profile. */
  readonly profile: Sourced<string> | null;
  /** `region` in the folder's `samconfig.toml`. */
  readonly samconfig?: Sourced<string> | undefined;
}

/** The first that speaks of: setting, `.env`, AWS_REGION, AWS_DEFAULT_REGION, the profile, `samconfig.toml`. */
export function chooseRegion(voices: RegionVoices): Sourced<string> | null {
  const { configured, dotenv, env, profile, samconfig } = voices;
  return configured ?? dotenv ?? environmentRegion(env) ?? profile ?? samconfig ?? null;
}

/** The region of the environment: AWS_REGION, then AWS_DEFAULT_REGION. */
export function environmentRegion(env: Environment): Sourced<string> | null {
  for (const source of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const value = variable(env, source);
    if (value !== null) return { value, source };
  }
  return null;
}

/** The `region` key of the chosen profile with its file and line; null for keys of the environment. */
export function profileRegion(files: AwsFiles, choice: ProfileChoice): Sourced<string> | null {
  const profile = choice.kind === "profile" ? files.profiles.get(choice.name) : undefined;
  const key = profile === undefined ? null : profileKey(profile, "region");
  return key && { value: key.value, source: key.place };
}
