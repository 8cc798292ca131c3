import { UserError } from "../../errors.ts";
import type { AwsFile, AwsFiles } from "../files/awsFiles.ts";

/** A profile that no file has: says who asked for it, where was looked, and what is written nearly so. */
export function unknownProfile(files: AwsFiles, name: string, source: string): UserError {
  return new UserError({
    code: "E_PROFILE_UNKNOWN",
    phase: "credentials",
    message: `Profile "${name}" (chosen by ${source}) does not exist: ${whereLooked(files)}.`,
    hint: files.misplaced.get(name) ?? nearHint(files, name),
  });
}

/** Nobody chose a profile, there are no keys in the environment, and no `[default]`. */
export function noCredentials(files: AwsFiles): UserError {
  return new UserError({
    code: "E_NO_CREDENTIALS",
    phase: "credentials",
    message: `No profile was chosen, the environment has no keys, and there is no default profile: ${whereLooked(files)}.`,
    hint:
      files.profiles.size > 0
        ? `Choose a profile with --profile or # @profile: ${shortList([...files.profiles.keys()])}.`
        : "Run `aws configure`, or start `awsreq endpoint` and use the profile awsreq-local.",
  });
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

/** At most three names that one slip of the hand tells apart from `name`, the nearest first. */
export function nearestNames(name: string, names: readonly string[]): string[] {
  const most = Math.max(2, Math.floor(name.length / 3));
  return names
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, far: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (letter === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
