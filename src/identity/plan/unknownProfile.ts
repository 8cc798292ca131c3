import { type TriedStep, UserError } from "../../errors.ts";
import { silentVoices } from "../choice/profileChoice.ts";
import type { AwsFile, AwsFiles } from "../files/awsFiles.ts";
import type { Environment } from "../files/profile.ts";
import { nearestNames } from "../nearestNames.ts";

/** A profile that no file has: says who asked for it, where was looked, and what is written nearly so. */
export function unknownProfile(files: AwsFiles, name: string, source: string): UserError {
  return new UserError({
    code: "E_PROFILE_UNKNOWN",
    phase: "credentials",
    message: `Profile "${name}" (chosen by ${source}) does not exist: ${whereLooked(files)}.`,
    hint: files.misplaced.get(name) ?? nearHint(files, name),
    tried: [{ text: `profile "${name}", chosen by ${source}`, outcome: "found" }, ...lookedInto(files, name)],
  });
}

/**
 * Nobody chose a profile, there are no keys in the environment, and no `[default]` that gives credentials.
 * @param machine what came of container and instance metadata
 */
export function noCredentials(files: AwsFiles, env: Environment, machine: TriedStep): UserError {
  const place = files.profiles.get("default")?.place;
  const others = [...files.profiles.keys()].filter((name) => name !== "default");
  const state =
    place === undefined
      ? `there is no default profile: ${whereLooked(files)}`
      : `the default profile (${place}) has nothing that gives credentials; ${machine.text}`;
  return new UserError({
    code: "E_NO_CREDENTIALS",
    phase: "credentials",
    message: `No profile was chosen, the environment has no keys, and ${state.replace(/\.$/, "")}.`,
    hint:
      others.length > 0
        ? `Choose a profile with --profile or # @profile: ${shortList(others)}.`
        : "Run `aws configure`, or start `awsreq endpoint` and use the profile awsreq-local.",
    tried: [
      ...silentVoices(env),
      ...(place === undefined ? lookedInto(files, "default") : [empty(place)]),
      machine,
    ],
  });
}

function empty(place: string): TriedStep {
  return { text: `profile "default" (${place}): nothing in it gives credentials`, outcome: "failed" };
}

function lookedInto(files: AwsFiles, name: string): readonly TriedStep[] {
  return files.files.map((file) => ({
    text: file.found ? `${whatWasFound(file)}: no profile "${name}"` : whatWasFound(file),
    outcome: "failed",
  }));
}

/** Where profiles were looked for, in words. */
export function whereLooked(files: AwsFiles): string {
  if (files.files.every((file) => file.path === null)) {
    return "no home directory is known (HOME is not set), so there are no AWS files to read";
  }
  return files.files.map((file) => whatWasFound(file)).join(", ");
}

function whatWasFound({ kind, path, found, variable }: AwsFile): string {
  if (path === null) return `no ${kind} file is known (${variable} is not set)`;
  return found ? `${path} was read` : `there is no ${path}`;
}

function nearHint(files: AwsFiles, name: string): string {
  const names = [...files.profiles.keys()];
  if (names.length === 0)
    return "Run `aws configure`, or start `awsreq endpoint` and use the profile awsreq-local.";
  const near = nearestNames(name, names);
  return near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There are: ${shortList(names)}.`;
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
