import assert from "node:assert/strict";
import type { RequestSettings } from "../../src/stages.ts";
import { problemsOf, resolved, resolveText } from "./resolving.ts";

async function settingsOf(directives: string, given = {}): Promise<RequestSettings> {
  return (await resolved(`${directives}\nGET https://a.example`, given)).settings;
}

describe("settings", () => {
  it("are all read, each with its place", async () => {
    const text = `# @auth presign 900
# @profile {{p}}
# @role arn:aws-us-gov:iam::123456789012:role/team/reader
# @external-id ext:id/1
# @session-name me@example.com
# @region eu-west-1
# @service execute-api
# @payload unsigned
# @connect-to LOCALHOST:8443
# @timeout 30s
# @account 011122223333`;
    const at = (line: number): string => `pets.awsreq:${line}`;
    assert.deepEqual(await settingsOf(text, { variables: new Map([["p", " dev "]]) }), {
      auth: { value: { kind: "presign", expires: 900 }, source: at(1) },
      profile: { value: "dev", source: at(2) },
      role: { value: "arn:aws-us-gov:iam::123456789012:role/team/reader", source: at(3) },
      externalId: { value: "ext:id/1", source: at(4) },
      sessionName: { value: "me@example.com", source: at(5) },
      region: { value: "eu-west-1", source: at(6) },
      service: { value: "execute-api", source: at(7) },
      payload: { value: "unsigned", source: at(8) },
      connectTo: { value: { host: "localhost", port: 8443 }, source: at(9) },
      timeout: { value: 30_000, source: at(10) },
      account: { value: "011122223333", source: at(11) },
    });
  });

  it("are none where there are no directives", async () => {
    assert.deepEqual(await settingsOf("# a comment"), {});
  });

  it("of the request win over the preamble's, the last over the first", async () => {
    const text = "# @profile a\n# @region x\n###\n# @profile b\n# @profile c";
    assert.deepEqual(await settingsOf(text), {
      profile: { value: "c", source: "pets.awsreq:5" },
      region: { value: "x", source: "pets.awsreq:2" },
    });
  });

  it("that do not hold are not expanded", async () => {
    assert.deepEqual(await settingsOf("# @profile {{unknown}}\n###\n# @profile b"), {
      profile: { value: "b", source: "pets.awsreq:3" },
    });
  });

  const values: readonly (readonly [directive: string, key: keyof RequestSettings, value: unknown])[] = [
    ["@auth iam", "auth", { kind: "iam" }],
    ["@auth none", "auth", { kind: "none" }],
    ["@auth presign", "auth", { kind: "presign", expires: null }],
    ["@auth presign 604800", "auth", { kind: "presign", expires: 604_800 }],
    ["@payload signed", "payload", "signed"],
    ["@timeout 500ms", "timeout", 500],
    ["@timeout 2m", "timeout", 120_000],
    ["@timeout 1.5 s", "timeout", 1500],
    ["@timeout = 600", "timeout", 600_000],
    ["@connect-to vpce-1.example", "connectTo", { host: "vpce-1.example", port: null }],
    ["@connect-to [::1]:443", "connectTo", { host: "[::1]", port: 443 }],
    ["@region a", "region", "a"],
    [`@region ${"a".repeat(63)}`, "region", "a".repeat(63)],
  ];
  for (const [directive, key, value] of values) {
    it(`reads ${directive}`, async () => {
      assert.deepEqual((await settingsOf(`# ${directive}`))[key]?.value, value);
    });
  }

  const faults: readonly (readonly [directive: string, code: string, place: string])[] = [
    ["@auth", "E_DIRECTIVE_VALUE", "auth"],
    ["@auth basic", "E_DIRECTIVE_VALUE", "basic"],
    ["@auth iam x", "E_DIRECTIVE_VALUE", "iam x"],
    ["@auth presign 0", "E_DIRECTIVE_VALUE", "presign 0"],
    ["@auth presign 604801", "E_DIRECTIVE_VALUE", "presign 604801"],
    ["@auth presign 1 2", "E_DIRECTIVE_VALUE", "presign 1 2"],
    ["@auth sigv4a *", "E_AUTH_LATER", "sigv4a *"],
    ["@auth cognito pool", "E_AUTH_LATER", "cognito pool"],
    ["@region evil.com#", "E_SCOPE_LABEL", "evil.com#"],
    ["@region eu.west", "E_SCOPE_LABEL", "eu.west"],
    ["@region _a", "E_SCOPE_LABEL", "_a"],
    ["@region a:1", "E_SCOPE_LABEL", "a:1"],
    ["@region -a", "E_SCOPE_LABEL", "-a"],
    [`@region ${"a".repeat(64)}`, "E_SCOPE_LABEL", "a".repeat(64)],
    ["@service a/b", "E_SCOPE_LABEL", "a/b"],
    ["@payload maybe", "E_DIRECTIVE_VALUE", "maybe"],
    ["@timeout soon", "E_DIRECTIVE_VALUE", "soon"],
    ["@timeout 0s", "E_DIRECTIVE_VALUE", "0s"],
    ["@timeout 99999999s", "E_DIRECTIVE_VALUE", "99999999s"],
    ["@connect-to https://a.example", "E_DIRECTIVE_VALUE", "https://a.example"],
    ["@connect-to a:99999", "E_DIRECTIVE_VALUE", "a:99999"],
    ["@role reader", "E_ROLE_ARN", "reader"],
    ["@role arn:aws:iam::12:role/x", "E_ROLE_ARN", "arn:aws:iam::12:role/x"],
    [
      "@role arn:aws:sts::123456789012:assumed-role/x/y",
      "E_ROLE_ARN",
      "arn:aws:sts::123456789012:assumed-role/x/y",
    ],
    ["@external-id a b", "E_DIRECTIVE_VALUE", "a b"],
    ["@session-name x", "E_DIRECTIVE_VALUE", "x"],
    ["@profile", "E_DIRECTIVE_VALUE", "profile"],
    ["@profile {{nobody}}", "E_VARIABLE_UNKNOWN", "{{nobody}}"],
  ];
  for (const [directive, code, place] of faults) {
    it(`refuses ${directive.slice(0, 40)} with ${code}`, async () => {
      assert.deepEqual(await problemsOf(`# ${directive}\nGET https://a.example`), [[code, place]]);
    });
  }

  it("refuse what a variable brings along", async () => {
    for (const [value, code] of [
      ["a\nb", "E_CONTROL_CHARACTER"],
      ["a\u202eb", "E_HIDDEN_CHARACTER"],
      ["\ud800", "E_LONE_SURROGATE"],
      ["  ", "E_DIRECTIVE_VALUE"],
    ] as const) {
      const given = { variables: new Map([["p", value]]) };
      const { request, problems } = await resolveText("# @profile {{p}}\nGET https://a.example", given);
      assert.deepEqual([request, problems.map((problem) => problem.code)], [null, [code]]);
    }
  });
});
