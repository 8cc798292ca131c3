import type { AwsFiles } from "./awsFiles.ts";
import { kindLabel, kindOf } from "./profileKind.ts";

/** A profile as a list shows it. */
export interface ListedProfile {
  readonly name: string;
  /** How it gets credentials, in words; null when nothing in it gives any. */
  readonly kind: string | null;
  /** `~/.aws/config:10`. */
  readonly place: string;
}

/** Every profile of the files in their order. Nothing is run or contacted. */
export function listProfiles(files: AwsFiles): ListedProfile[] {
  return [...files.profiles.values()].map((profile) => {
    const found = kindOf(profile, false);
    return { name: profile.name, kind: found && kindLabel(found.kind), place: profile.place };
  });
}
