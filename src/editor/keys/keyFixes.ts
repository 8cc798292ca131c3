import { fixCommandIds } from "../commandIds.ts";

/** A quick fix that takes keys out of a request file. */
export interface KeyFix {
  readonly title: string;
  readonly command: (typeof fixCommandIds)[keyof typeof fixCommandIds];
}

const toProfile: KeyFix = {
  title: "Move these keys to a profile…",
  command: fixCommandIds.moveKeysToProfile,
};

const toEnvironment: KeyFix = {
  title: "Move this key to http-client.private.env.json",
  command: fixCommandIds.moveKeyToEnvironment,
};

/**
 * What can be done about a problem with keys. Keys that are sent as a part of the request cannot come from a profile;
 * `Authorization: AWS …` would still be refused with keys from an environment.
 * @param line the text of the problem's line
 */
export function keyFixesFor(code: string, line: string): readonly KeyFix[] {
  if (code === "E_AUTHORIZATION_KEYS") return [toProfile];
  if (code !== "E_LITERAL_KEY") return [];
  return /^[ \t]*@/.test(line) ? [toProfile, toEnvironment] : [toEnvironment];
}
