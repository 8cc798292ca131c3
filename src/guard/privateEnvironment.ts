import type { GitState } from "./gitIgnored.ts";

/** Something worth knowing that stops nothing: a stable code, a sentence, and the one thing to do. */
export interface PrivateEnvironmentWarning {
  readonly code: "W_PRIVATE_ENVIRONMENT";
  readonly message: string;
  readonly hint: string;
}

/**
 * What to say of a private environment file that git would share, or may share where that cannot be told; null when it
 * does not.
 * @param path of the file, as it is to be shown
 */
export function privateEnvironmentWarning(path: string, state: GitState): PrivateEnvironmentWarning | null {
  const code = "W_PRIVATE_ENVIRONMENT";
  if (state === "tracked") {
    return {
      code,
      message: `git tracks ${path}: what it holds is shared with everyone who has the repository.`,
      hint: "Take it out of git with `git rm --cached`, add it to .gitignore, and replace the secrets that were committed.",
    };
  }
  if (state === "notIgnored") {
    return {
      code,
      message: `git does not ignore ${path}: the next \`git add\` may take its secrets along.`,
      hint: "Add http-client.private.env.json to .gitignore.",
    };
  }
  if (state === "cannotTell") {
    return {
      code,
      message: `Whether git would share ${path} cannot be told: its index is in another place or is not understood.`,
      hint: "See that http-client.private.env.json is in .gitignore, and that git does not track it.",
    };
  }
  return null;
}
