import { UserError } from "../../errors.ts";
import type { Sourced } from "../../stages.ts";
import { type Environment, variable } from "../files/profile.ts";
import { hasEnvironmentKeys } from "./environmentKeys.ts";

/** Whose credentials are wanted, and who said so: `--profile`, `pets.awsreq:1`, `AWS_PROFILE`, `default`. */
export type ProfileChoice =
  | { readonly kind: "profile"; readonly name: string; readonly source: string }
  | { readonly kind: "environmentKeys"; readonly source: string };

/** The voices that choose a profile, the loudest first. */
export interface ProfileVoices {
  readonly flag?: string | undefined;
  /** Picked by the person for as long as the editor runs. */
  readonly picked?: Sourced<string> | undefined;
  readonly directive?: Sourced<string> | undefined;
  /** Picked for the folder, or named by a setting. */
  readonly configured?: Sourced<string> | undefined;
  readonly env: Environment;
}

/** The built-in profile that the local endpoint gives keys to. */
export const localProfile = "awsreq-local";

/**
 * The first that speaks of: `--profile`, what was picked, `# @profile`, what is configured for the folder, AWS_PROFILE,
 * keys in the environment, `default`. Environment keys never beat a profile that was named.
 * @throws UserError `E_PROFILE_NAME` when the flag or the directive names nothing: no other profile stands in for it
 */
export function chooseProfile({ flag, picked, directive, configured, env }: ProfileVoices): ProfileChoice {
  if (flag !== undefined) return named(flag, "--profile");
  for (const voice of [picked, directive, configured]) {
    if (voice !== undefined) return named(voice.value, voice.source);
  }
  const fromEnvironment = variable(env, "AWS_PROFILE");
  if (fromEnvironment !== null) return named(fromEnvironment, "AWS_PROFILE");
  if (hasEnvironmentKeys(env)) return { kind: "environmentKeys", source: "AWS_ACCESS_KEY_ID" };
  return named("default", "default");
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
