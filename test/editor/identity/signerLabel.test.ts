import assert from "node:assert/strict";
import { type SignerVoices, signerLabel } from "../../../src/editor/identity/signerLabel.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";

const quiet: SignerVoices = {
  session: undefined,
  folder: undefined,
  setting: undefined,
  region: undefined,
  env: {},
};

function label(text: string, voices: Partial<SignerVoices> = {}): string | null {
  const file = parseRequestFile(text);
  const [block] = file.requests;
  assert.ok(block);
  return signerLabel(file, block, { ...quiet, ...voices });
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

  it("does not hang on variables that hold each other", () => {
    assert.match(
      label("@a = {{b}}{{b}}\n@b = {{a}}{{a}}\n# @profile {{a}}\n\n###\nGET https://x/\n") ?? "",
      /^\{\{/,
    );
  });
});
