import { variable } from "../files/profile.ts";
import { hasEnvironmentKeys } from "./environmentKeys.ts";
import {
  environmentProfile,
  type ProfileChoice,
  type ProfileVoices,
  profileVariables,
  webIdentityVariable,
} from "./profileChoice.ts";

/** Sentences where the environment names somebody else than who was chosen, and the AWS CLI would listen to it. */
export function choiceNotes(choice: ProfileChoice, voices: ProfileVoices): readonly string[] {
  if (choice.kind !== "profile") return [];
  const { configured, dotenv, env } = voices;
  const fromEnvironment = environmentProfile(env);
  const chosen = `Profile "${choice.name}" (${choice.source})`;
  const isOfFolder = choice.source === dotenv?.source || isSetting(choice, configured);
  if (isOfFolder) {
    const other = otherThan(choice.name, voices);
    if (other === null) return [];
    const how = "Name a profile with --profile or # @profile, or pick one, to sign as it.";
    return [`${chosen} signs, not ${other}: what the folder says comes before the environment. ${how}`];
  }
  if (choice.source !== fromEnvironment?.source) return [];
  const second = variable(env, profileVariables[1]);
  const keys = otherKeys(voices);
  return [
    ...(second !== null && second !== choice.name
      ? [
          `${chosen} signs, not "${second}" (${profileVariables[1]}), which the AWS CLI puts first; unset one of them.`,
        ]
      : []),
    ...(keys === null
      ? []
      : [
          `${chosen} signs, not ${keys}, which the AWS CLI puts first; unset ${choice.source} to sign with them.`,
        ]),
  ];
}

/** A pick is the person's own doing, just now. */
function isSetting({ source }: ProfileChoice, configured: ProfileVoices["configured"]): boolean {
  return source === configured?.source && !source.startsWith("picked");
}

function otherThan(name: string, voices: ProfileVoices): string | null {
  const profile = environmentProfile(voices.env);
  if (profile === null) return otherKeys(voices);
  return profile.value === name ? null : `"${profile.value}" (${profile.source})`;
}

function otherKeys({ env }: ProfileVoices): string | null {
  if (hasEnvironmentKeys(env)) return "the keys in the environment (AWS_ACCESS_KEY_ID)";
  return variable(env, webIdentityVariable) === null
    ? null
    : `the credentials of the web identity in the environment (${webIdentityVariable})`;
}
