import { type TriedStep, UserError } from "../../errors.ts";
import type { RequestKeys, Sourced } from "../../stages.ts";
import { type Environment, variable } from "../files/profile.ts";
import { hasEnvironmentKeys } from "./environmentKeys.ts";

/** Whose credentials are wanted, and who said so: `--profile`, `pets.awsreq:1`, `AWS_PROFILE`, `default`. */
export type ProfileChoice =
  | { readonly kind: "profile"; readonly name: string; readonly source: string }
  | { readonly kind: "environmentKeys" | "environmentWebIdentity"; readonly source: string }
  | ({ readonly kind: "requestKeys" } & RequestKeys);

/** The voices that choose a profile, the loudest first. */
export interface ProfileVoices {
  readonly flag?: string | undefined;
  /** Picked by the person for as long as the editor runs. */
  readonly picked?: Sourced<string> | undefined;
  readonly directive?: Sourced<string> | undefined;
  /** Picked for the folder, or named by a setting. */
  readonly configured?: Sourced<string> | undefined;
  /** `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` in the folder's `.env`. */
  readonly dotenv?: Sourced<string> | undefined;
  readonly env: Environment;
  /** `profile` in the folder's `samconfig.toml`. */
  readonly samconfig?: Sourced<string> | undefined;
}

/** The built-in profile that the local endpoint gives keys to. */
export const localProfile = "awsreq-local";

/**
 * The first that speaks of: `--profile`, what was picked, `# @profile`, what is configured for the folder, its `.env`,
 * AWS_PROFILE, AWS_DEFAULT_PROFILE, keys in the environment, a web identity in the environment, `samconfig.toml`,
 * `default`. Environment keys never beat a profile that was named.
 * @throws UserError `E_PROFILE_NAME` when the voice that holds names nothing: no other profile stands in for it
 */
export function chooseProfile(voices: ProfileVoices): ProfileChoice {
  const { flag, picked, directive, configured, dotenv, env, samconfig } = voices;
  if (flag !== undefined) return named(flag, "--profile");
  for (const voice of [picked, directive, configured, dotenv]) {
    if (voice !== undefined) return named(voice.value, voice.source);
  }
  const fromEnvironment = environmentProfile(env);
  if (fromEnvironment !== null) return named(fromEnvironment.value, fromEnvironment.source);
  if (hasEnvironmentKeys(env)) return { kind: "environmentKeys", source: "AWS_ACCESS_KEY_ID" };
  if (variable(env, webIdentityVariable) !== null) {
    return { kind: "environmentWebIdentity", source: webIdentityVariable };
  }
  return samconfig === undefined ? nobodysChoice : named(samconfig.value, samconfig.source);
}

/** Variables that name a profile; the first that says something holds. */
export const profileVariables = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] as const;

/** The profile that the environment names, or null. */
export function environmentProfile(env: Environment): Sourced<string> | null {
  for (const source of profileVariables) {
    const value = variable(env, source);
    if (value !== null) return { value, source };
  }
  return null;
}

/** The profile that holds where nobody named one. */
export const nobodysChoice = { kind: "profile", name: "default", source: "default" } as const;

/** True for `default` when nobody named it: then it may hold no credentials, and the machine's own stand in. */
export function isNobodysChoice(choice: ProfileChoice): boolean {
  return choice.kind === "profile" && choice.source === nobodysChoice.source;
}

/** The variable that names the file of a web identity token. */
export const webIdentityVariable = "AWS_WEB_IDENTITY_TOKEN_FILE";

/** What was asked in vain before `default`, in order, for the error that nobody could be found. */
export function silentVoices(env: Environment): readonly TriedStep[] {
  const silence = (name: string) => (env[name] === undefined ? "not set" : "empty");
  return [
    "a profile named by --profile, a pick, # @profile, a setting or .env: none",
    ...profileVariables.map((name) => `${name}: ${silence(name)}`),
    `keys in the environment (AWS_ACCESS_KEY_ID): ${silence("AWS_ACCESS_KEY_ID")}`,
    `web identity in the environment (${webIdentityVariable}): ${silence(webIdentityVariable)}`,
    "a profile named by samconfig.toml: none",
  ].map((text) => ({ text, outcome: "skipped" }));
}

function named(name: string, source: string): ProfileChoice {
  if (name !== "") return { kind: "profile", name, source };
  throw new UserError({
    code: "E_PROFILE_NAME",
    phase: "credentials",
    message: `The profile named by ${source} is empty.`,
    hint: "Write the name of a profile, or leave the choice out altogether.",
  });
}
