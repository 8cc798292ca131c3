import assert from "node:assert/strict";
import { choiceNotes } from "../../../src/identity/choice/choiceNotes.ts";
import { chooseProfile, type ProfileVoices } from "../../../src/identity/choice/profileChoice.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "canary-secret" };
const dotenv = { value: "dev", source: ".env:1" };
const setting = { value: "dev", source: ".vscode/settings.json (awsreq.profile)" };
const how = "Name a profile with --profile or # @profile, or pick one, to sign as it.";

function notesOf(voices: ProfileVoices): readonly string[] {
  return choiceNotes(chooseProfile(voices), voices);
}

describe("notes about who was chosen", () => {
  for (const [name, voices, expected] of [
    ["nobody else", { dotenv, env: {} }, []],
    ["the same profile", { dotenv, env: { AWS_PROFILE: "dev" } }, []],
    [
      ".env over AWS_PROFILE",
      { dotenv, env: { AWS_PROFILE: "prod", ...keys } },
      [
        `Profile "dev" (.env:1) signs, not "prod" (AWS_PROFILE): what the folder says comes before the environment. ${how}`,
      ],
    ],
    [
      ".env over AWS_DEFAULT_PROFILE",
      { dotenv, env: { AWS_DEFAULT_PROFILE: "prod" } },
      [
        `Profile "dev" (.env:1) signs, not "prod" (AWS_DEFAULT_PROFILE): what the folder says comes before the environment. ${how}`,
      ],
    ],
    [
      ".env over keys",
      { dotenv, env: keys },
      [
        `Profile "dev" (.env:1) signs, not the keys in the environment (AWS_ACCESS_KEY_ID): what the folder says comes before the environment. ${how}`,
      ],
    ],
    ["a setting over empty keys", { configured: setting, env: { AWS_ACCESS_KEY_ID: "" } }, []],
    [
      "a setting over a web identity",
      { configured: setting, env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/t" } },
      [
        `Profile "dev" (.vscode/settings.json (awsreq.profile)) signs, not the credentials of the web identity in the environment (AWS_WEB_IDENTITY_TOKEN_FILE): what the folder says comes before the environment. ${how}`,
      ],
    ],
    [
      "a pick",
      { configured: { value: "dev", source: "picked for this folder" }, env: { AWS_PROFILE: "prod" } },
      [],
    ],
    ["a flag", { flag: "dev", dotenv, env: { AWS_PROFILE: "prod", ...keys } }, []],
    [
      "a directive",
      { directive: { value: "dev", source: "a.awsreq:1" }, dotenv, env: { AWS_PROFILE: "prod" } },
      [],
    ],
    [
      "two variables that differ",
      { env: { AWS_PROFILE: "c", AWS_DEFAULT_PROFILE: "dev" } },
      [
        'Profile "c" (AWS_PROFILE) signs, not "dev" (AWS_DEFAULT_PROFILE), which the AWS CLI puts first; unset one of them.',
      ],
    ],
    ["two variables that agree", { env: { AWS_PROFILE: "c", AWS_DEFAULT_PROFILE: "c" } }, []],
    ["one that is empty", { env: { AWS_PROFILE: "c", AWS_DEFAULT_PROFILE: "" } }, []],
    [
      "a variable over keys",
      { env: { AWS_PROFILE: "c", ...keys } },
      [
        'Profile "c" (AWS_PROFILE) signs, not the keys in the environment (AWS_ACCESS_KEY_ID), which the AWS CLI puts first; unset AWS_PROFILE to sign with them.',
      ],
    ],
    ["nobody", { env: {} }, []],
    ["keys", { env: keys }, []],
  ] as const satisfies readonly (readonly [string, ProfileVoices, readonly string[]])[]) {
    it(name, () => assert.deepEqual(notesOf(voices), expected));
  }
});
