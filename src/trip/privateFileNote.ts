import { relative, sep } from "node:path";
import { type GitMachine, gitState } from "../guard/gitIgnored.ts";
import { privateEnvironmentWarning } from "../guard/privateEnvironment.ts";
import type { Environment } from "../request/environments.ts";
import type { ResolvedRequest } from "../stages.ts";

/** Where a note about a private environment file comes from. */
export interface PrivateFilePlace {
  readonly environment: Environment;
  /** Absolute; places are shown from here. */
  readonly folder: string;
}

/**
 * A sentence when one of the requests takes a value from a private environment file that git would share; else null, also
 * where that cannot be told. The repository is looked at only then.
 */
export async function privateFileNote(
  requests: readonly (Pick<ResolvedRequest, "outsideValues"> | null)[],
  { environment, folder }: PrivateFilePlace,
  machine: GitMachine,
): Promise<string | null> {
  if (!requests.some((request) => request?.outsideValues.includes("privateEnvironment"))) return null;
  const path = environment.files.find((file) => file.endsWith("http-client.private.env.json"));
  if (path === undefined) return null;
  const shown = relative(folder, path).split(sep).join("/");
  const state = await gitState(path, machine);
  // Said at every send in a worktree, it would only teach people to look away.
  if (state === "cannotTell") return null;
  const warning = privateEnvironmentWarning(shown, state);
  return warning && `${warning.message} ${warning.hint}`;
}
