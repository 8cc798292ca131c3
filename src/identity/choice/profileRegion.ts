import type { Sourced } from "../../stages.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import { type Environment, profileKey, variable } from "../files/profile.ts";
import type { ProfileChoice } from "./profileChoice.ts";

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
