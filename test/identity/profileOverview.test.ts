import assert from "node:assert/strict";
import { environmentRegion, profileRegion } from "../../src/identity/choice/regionChoice.ts";
import type { PlanResult } from "../../src/identity/credentialCache.ts";
import { nearestNames } from "../../src/identity/nearestNames.ts";
import { isLoopbackAuthority } from "../../src/identity/plan/loopbackAuthority.ts";
import { profileOverviews } from "../../src/identity/profileOverview.ts";
import { filesOf } from "./filesOf.ts";

const noon = new Date("2030-05-17T12:00:00Z");

/** What the list says of the profiles of these files. */
function overviews(config: string, credentials = "", kept: PlanResult | null = null) {
  const cache = { peek: () => kept, caller: () => null };
  return profileOverviews(filesOf(config, credentials), { env: {}, metadata: false, cache, now: noon });
}

const plain = { region: null, account: null, role: null, asksForCode: false, expires: null, fault: null };
const base = "[base]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A\naws_secret_access_key = s\n";
const roleArn = "arn:aws:iam::111122223333:role/a";

describe("profileOverviews", () => {
  it("tells kind, region, account and place of every profile, in the order of the files", () => {
    const config = `[profile a]\nrole_arn = ${roleArn}\nsource_profile = base\nregion = eu-west-1\n[profile p]\ncredential_process = x\naws_account_id = 444455556666\n`;
    assert.deepEqual(overviews(config, base), [
      {
        ...plain,
        name: "a",
        kind: "assumed role",
        place: "~/.aws/config:1",
        region: "eu-west-1",
        account: "111122223333",
        role: roleArn,
      },
      {
        ...plain,
        name: "p",
        kind: "credential process",
        place: "~/.aws/config:5",
        account: "444455556666",
      },
      {
        ...plain,
        name: "base",
        kind: "static keys",
        place: "~/.aws/credentials:1",
        account: "609629065308",
      },
    ]);
  });

  it("says why a profile cannot sign, and tells of the others all the same", () => {
    const config = `[default]\nregion = r\n[profile s]\nsso_session = x\n[profile loop]\nrole_arn = ${roleArn}\nsource_profile = loop\n[profile half]\naws_access_key_id = K\n`;
    const faults = overviews(config, base).map(({ name, fault }) => [name, fault?.slice(0, 60) ?? null]);
    assert.deepEqual(faults, [
      ["default", 'Profile "default" (~/.aws/config:1) has nothing that gives c'],
      ["s", 'Profile "s" is of a kind that is not supported yet: IAM Iden'],
      ["loop", "The source_profile at ~/.aws/config:7 closes a circle: loop "],
      ["half", 'Profile "half" has half a key pair at ~/.aws/config:9: aws_s'],
      ["base", null],
    ]);
  });

  it("says who will be asked for a code, until credentials are kept, and when those end", () => {
    const config = `[profile m]\nrole_arn = ${roleArn}\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/anna\n`;
    const [without] = overviews(config, base);
    const expires = new Date("2030-05-17T13:00:00Z");
    const keys = { accessKeyId: "ASIA", secretAccessKey: "s", expiration: expires };
    const [kept] = overviews(config, base, { credentials: keys, sessionName: "me" });
    assert.deepEqual(
      [without, kept].map((one) => [one?.asksForCode, one?.expires]),
      [
        [true, null],
        [false, expires],
      ],
    );
  });

  it("takes two hundred profiles in a chain and beside one another", () => {
    const chain = Array.from(
      { length: 199 },
      (_, index) =>
        `[profile p${index}]\nrole_arn = arn:aws:iam::111122223333:role/r${index}\nsource_profile = ${index === 0 ? "base" : `p${index - 1}`}\n`,
    );
    const all = overviews(chain.join(""), base);
    assert.deepEqual([all.length, all.filter(({ fault }) => fault !== null).length], [200, 0]);
  });

  it("holds no secret", () => {
    const text = JSON.stringify(overviews("", base.replace("= s\n", "= canary-secret\n")));
    assert.ok(!text.includes("canary-secret") && !text.includes("AKIAY34FZKBOKMUTVV7A"), text);
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
