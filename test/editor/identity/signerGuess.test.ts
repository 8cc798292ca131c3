import assert from "node:assert/strict";
import {
  type SignerGuess,
  type SignerVoices,
  signerGuess,
  signerLabel,
} from "../../../src/editor/identity/signerGuess.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";

const quiet: SignerVoices = {
  session: undefined,
  folder: undefined,
  setting: undefined,
  region: undefined,
  env: {},
  around: { dotenvProfile: undefined, dotenvRegion: undefined, samProfile: undefined, samRegion: undefined },
  variables: new Map(),
  fileName: "pets.awsreq",
};

function guess(text: string, voices: Partial<SignerVoices> = {}): SignerGuess | null {
  const file = parseRequestFile(text);
  const [block] = file.requests;
  assert.ok(block);
  return signerGuess(file, block, { ...quiet, ...voices });
}

function label(text: string, voices: Partial<SignerVoices> = {}): string | null {
  const found = guess(text, voices);
  return found && signerLabel(found);
}

const said = (value: string) => ({ value, source: "somewhere" });
const api = "GET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n";

describe("who would sign, above a request", () => {
  for (const [name, text, voices, expected] of [
    ["the file's profile and the host's region", `# @profile dev\n${api}`, {}, "dev @ eu-west-1"],
    ["a pick for the session first", `# @profile dev\n${api}`, { session: said("ops") }, "ops @ eu-west-1"],
    [
      "the file before a pick for the folder",
      `# @profile dev\n${api}`,
      { folder: said("ops") },
      "dev @ eu-west-1",
    ],
    [
      "a pick for the folder before the setting",
      api,
      { folder: said("ops"), setting: said("set") },
      "ops @ eu-west-1",
    ],
    [
      "the setting before AWS_PROFILE",
      api,
      { setting: said("set"), env: { AWS_PROFILE: "env" } },
      "set @ eu-west-1",
    ],
    [
      "AWS_DEFAULT_PROFILE where there is no AWS_PROFILE",
      api,
      { env: { AWS_DEFAULT_PROFILE: "env", AWS_ACCESS_KEY_ID: "K" } },
      "env @ eu-west-1",
    ],
    [
      "AWS_PROFILE before keys",
      api,
      { env: { AWS_PROFILE: "env", AWS_ACCESS_KEY_ID: "x" } },
      "env @ eu-west-1",
    ],
    ["keys of the environment", api, { env: { AWS_ACCESS_KEY_ID: "x" } }, "environment keys @ eu-west-1"],
    ["default", api, {}, "default @ eu-west-1"],
    ["@region before the host", `# @region us-east-1\n${api}`, {}, "default @ us-east-1"],
    [
      "variables of the file",
      `@who = dev\n@host = https://abc.execute-api.{{r}}.amazonaws.com\n@r = ap-south-1\n# @profile {{who}}\n\n###\nGET {{host}}/x\n`,
      {},
      "dev @ ap-south-1",
    ],
    ["what is not known as it is written", "# @profile {{mine}}\nGET https://example.com/\n", {}, "{{mine}}"],
    ["nobody for @auth none", `# @auth none\n${api}`, {}, null],
    ["nobody for a typed Authorization", `${api}Authorization: Bearer x\n`, {}, null],
    ["no icon from a name", "# @profile $(trash)\nGET https://example.com/\n", {}, "(trash)"],
  ] as const) {
    it(name, () => assert.equal(label(text, voices), expected));
  }

  it("takes one committed name as everybody's own, from the environment", () => {
    const text = "# @profile {{profile}}\nGET https://{{host}}/x\n";
    const variables = new Map([
      ["profile", "anna-dev"],
      ["host", "abc.execute-api.eu-north-1.amazonaws.com"],
    ]);
    assert.equal(label(text, { variables }), "anna-dev @ eu-north-1");
    assert.equal(label(`@profile = mine\n${text}`, { variables }), "mine @ eu-north-1");
  });

  it("says where each answer comes from", () => {
    assert.deepEqual(guess(`# @role arn:aws:iam::111122223333:role/r\n# @profile dev\n${api}`), {
      profile: { value: "dev", source: "pets.awsreq:2" },
      role: { value: "arn:aws:iam::111122223333:role/r", source: "pets.awsreq:1" },
      region: { value: "eu-west-1", source: "host" },
      service: { value: "execute-api", source: "host" },
      conflict: null,
    });
  });

  it("knows the account that the request is for", () => {
    const text = `# @account {{account}}\n@account = 111122223333\n${api}`;
    assert.deepEqual(guess(text)?.account, { value: "111122223333", source: "pets.awsreq:1" });
    assert.equal(guess(api)?.account, undefined);
  });

  it("hears .env before the environment, and samconfig.toml last", () => {
    const around = {
      dotenvProfile: { value: "dot", source: ".env:1" },
      dotenvRegion: { value: "eu-west-3", source: ".env:2" },
      samProfile: { value: "sam", source: "samconfig.toml" },
      samRegion: { value: "eu-west-2", source: "samconfig.toml" },
    };
    const env = { AWS_PROFILE: "env", AWS_REGION: "us-east-1" };
    const url = "GET https://api.example.com/\n";
    assert.equal(label(url, { around, env }), "dot @ eu-west-3");
    const sam = { ...around, dotenvProfile: undefined, dotenvRegion: undefined };
    assert.equal(label(url, { around: sam, env }), "env @ us-east-1");
    assert.equal(label(url, { around: sam }), "sam @ eu-west-2");
    assert.equal(
      label(url, { around: sam, env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/t" } }),
      "web identity @ eu-west-2",
    );
  });

  it("says when the configured region is not the host's", () => {
    const env = { AWS_REGION: "us-west-2" };
    assert.equal(
      guess(api, { env })?.conflict,
      "Signed for eu-west-1, where the host is; us-west-2 (AWS_REGION) is not used.",
    );
    assert.equal(guess(`# @region us-east-1\n${api}`, { env })?.conflict, null);
  });

  it("does not hang on variables that hold each other", () => {
    assert.match(
      label("@a = {{b}}{{b}}\n@b = {{a}}{{a}}\n# @profile {{a}}\n\n###\nGET https://x/\n") ?? "",
      /^\{\{/,
    );
  });
});
