import assert from "node:assert/strict";
import { environmentRegion, profileRegion } from "../../../src/identity/choice/regionChoice.ts";
import { listProfiles } from "../../../src/identity/files/listProfiles.ts";
import { nearestNames } from "../../../src/identity/nearestNames.ts";
import { isLoopbackAuthority } from "../../../src/identity/plan/loopbackAuthority.ts";
import { filesOf } from "../filesOf.ts";

describe("listProfiles", () => {
  it("names every profile with kind and place", () => {
    const config =
      "[default]\nregion = r\n[profile r]\nrole_arn = x\n[profile s]\nsso_session = x\n[profile p]\ncredential_process = x\n[profile w]\nrole_arn = x\nweb_identity_token_file = x\n[profile l]\nlogin_session = x\n";
    assert.deepEqual(listProfiles(filesOf(config, "[k]\naws_access_key_id = x\n")), [
      { name: "default", kind: null, place: "~/.aws/config:1" },
      { name: "r", kind: "assumed role", place: "~/.aws/config:3" },
      {
        name: "s",
        kind: "IAM Identity Center sign-in (sso_session, sso_start_url)",
        place: "~/.aws/config:5",
      },
      { name: "p", kind: "credential process", place: "~/.aws/config:7" },
      { name: "w", kind: "web identity (web_identity_token_file)", place: "~/.aws/config:9" },
      { name: "l", kind: "console sign-in (login_session)", place: "~/.aws/config:12" },
      { name: "k", kind: "static keys", place: "~/.aws/credentials:1" },
    ]);
  });
});

describe("regions", () => {
  const files = filesOf("[profile a]\nregion = eu-west-1\n[profile b]\nregion =\n");
  const of = (name: string) => profileRegion(files, { kind: "profile", name, source: "--profile" });

  it("profileRegion gives the chosen profile's own", () => {
    assert.deepEqual(
      [of("a"), of("b"), of("nobody")],
      [{ value: "eu-west-1", source: "~/.aws/config:2" }, null, null],
    );
    assert.equal(profileRegion(files, { kind: "environmentKeys", source: "AWS_ACCESS_KEY_ID" }), null);
  });

  it("environmentRegion gives AWS_REGION before AWS_DEFAULT_REGION", () => {
    const both = { AWS_REGION: "a", AWS_DEFAULT_REGION: "b" };
    assert.deepEqual([both, { ...both, AWS_REGION: "" }, {}].map(environmentRegion), [
      { value: "a", source: "AWS_REGION" },
      { value: "b", source: "AWS_DEFAULT_REGION" },
      null,
    ]);
  });
});

describe("isLoopbackAuthority", () => {
  it("knows this machine by name", () => {
    const own = [
      "127.0.0.1:80",
      "127.1.2.3",
      "[::1]:9000",
      "[::1]",
      "localhost",
      "LocalHost:1",
      "a.b.localhost:1",
    ];
    const others = [
      "127.0.0.1.evil.com",
      "localhost.evil.com",
      "evil-localhost",
      "10.0.0.1",
      "[::2]:1",
      "",
      "128.0.0.1",
      "1127.0.0.1",
    ];
    assert.deepEqual(
      [own.filter((it) => !isLoopbackAuthority(it)), others.filter(isLoopbackAuthority)],
      [[], []],
    );
  });
});

describe("nearestNames", () => {
  const names = ["prod", "prod-eu", "dev", "staging", "Prod"];
  it("gives what a slip of the hand explains, the nearest first", () => {
    assert.deepEqual(
      [
        nearestNames("prdo", names),
        nearestNames("stagin", names),
        nearestNames("zebra", names),
        nearestNames("", []),
      ],
      [["Prod", "prod"], ["staging"], [], []],
    );
  });
});
