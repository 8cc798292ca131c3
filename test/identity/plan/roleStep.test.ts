import assert from "node:assert/strict";
import { planCredentials } from "../../../src/identity/plan/plan.ts";
import { assumedRoleArn, parseRoleArn } from "../../../src/identity/plan/roleArn.ts";
import type { PlanContext, RoleOnTop } from "../../../src/identity/plan/roleStep.ts";
import { contextOf, filesOf } from "../filesOf.ts";
import { told } from "../refusal.ts";

const base = "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret-of-base\n";
const roleA = "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\n";

function step(keys: string, changes: Partial<PlanContext> = {}, more = "") {
  const context = contextOf(`[profile a]\n${roleA}${keys}\n${more}`, base, changes);
  return planCredentials({ kind: "profile", name: "a", source: "--profile" }, context).roles[0];
}

const sts = (keys: string, env: Record<string, string> = {}, more = "") => {
  const { region, endpoint } = step(keys, { env }, more) ?? {};
  return [region, endpoint];
};

describe("where STS is asked", () => {
  it("region: the profile's, its source's, the request's, the environment's, the partition's", () => {
    const env = { AWS_REGION: "r-5", AWS_DEFAULT_REGION: "r-6" };
    const regions = [
      step("region = r-1", { env, region: "r-4" }, "[profile base]\nregion = r-2"),
      step("", { env, region: "r-4" }, "[profile base]\nregion = r-2"),
      step("", { env, region: "r-4" }),
      step("", { env }),
      step("", { env: { ...env, AWS_REGION: "" } }),
      step(""),
    ].map((made) => made?.region);
    assert.deepEqual(regions, ["r-1", "r-2", "r-4", "r-5", "r-6", "us-east-1"]);
  });

  it("every partition has its own region and name", () => {
    const china = step("role_arn = arn:aws-cn:iam::111122223333:role/a");
    const government = step("role_arn = arn:aws-us-gov:iam::111122223333:role/a");
    assert.deepEqual(
      [china?.endpoint, government?.endpoint, step("region = us-isob-east-1")?.endpoint],
      [
        "https://sts.cn-north-1.amazonaws.com.cn",
        "https://sts.us-gov-west-1.amazonaws.com",
        "https://sts.us-isob-east-1.sc2s.sgov.gov",
      ],
    );
  });

  it("a region that would move the host is refused, and not shown", async () => {
    for (const region of ["evil.com/", "evil.com#", "a@b", "a.b", "us_east", "-a", "a".repeat(64)]) {
      assert.deepEqual(await told(() => step(`region = ${region}`)), {
        code: "E_STS_REGION",
        message:
          "The region given by ~/.aws/config:4 is not a region's name, so no role can be assumed through it.",
        hint: "A region looks like eu-west-1: letters, digits and hyphens.",
      });
    }
  });

  it("a region is taken as typed", () => {
    assert.deepEqual(sts("region = RegionOne\nendpoint_url = https://sts.example"), [
      "RegionOne",
      "https://sts.example",
    ]);
  });

  it("a comment behind a region is its value, and the hint says so", async () => {
    const { code, hint } = await told(() => step("region = eu-west-1 # home"));
    assert.equal(code, "E_STS_REGION");
    assert.match(hint ?? "", /Move the comment to a line of its own/);
  });

  it("endpoint: AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, the services section, the profile's endpoint_url, the region's", () => {
    const services = "[services local]\nsts =\n  endpoint_url = https://services.example\n";
    const all = "services = local\nendpoint_url = https://profile.example\nregion = r-1";
    const endpoints = [
      sts(
        all,
        { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:4566", AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
        services,
      ),
      sts(all, { AWS_ENDPOINT_URL_STS: "", AWS_ENDPOINT_URL: "http://127.0.0.1:9" }, services),
      sts(all, { AWS_ENDPOINT_URL: "" }, services),
      sts(all, {}, services.replace("sts", "s3")),
      sts(all, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true", AWS_ENDPOINT_URL_STS: "https://x" }, services),
      sts(`${all}\nignore_configured_endpoint_urls = TRUE`, { AWS_ENDPOINT_URL: "https://x" }, services),
      sts(
        `${all}\nignore_configured_endpoint_urls = true`,
        { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" },
        services,
      ),
    ].map(([, endpoint]) => endpoint);
    assert.deepEqual(endpoints, [
      "http://127.0.0.1:4566",
      "http://127.0.0.1:9",
      "https://services.example",
      "https://profile.example",
      "https://sts.r-1.amazonaws.com",
      "https://sts.r-1.amazonaws.com",
      "https://services.example",
    ]);
  });

  it("a services section that does not exist is an error: STS was meant to be elsewhere", async () => {
    assert.deepEqual(await told(() => step("services = local # mine")), {
      code: "E_PROFILE_VALUE",
      message:
        'Profile "a" names the services section "local # mine" (~/.aws/config:4), which does not exist.',
      hint: "Add [services local # mine] to the config file, or remove the line. Move the comment to a line of its own: in AWS files everything behind the `=` is the value.",
    });
  });

  it("another profile's endpoint and region, its source's endpoint and AWS_PROFILE change nothing", () => {
    const others =
      "[profile base]\nendpoint_url = https://evil.example\n[default]\nregion = evil-1\nendpoint_url = https://evil.example\n[profile evil]\nregion = evil-1\nendpoint_url = https://evil.example\n";
    const env = {
      AWS_PROFILE: "evil",
      AWS_DEFAULT_PROFILE: "evil",
      AWS_ENDPOINT_URL_S3: "https://evil.example",
    };
    assert.deepEqual(sts("", env, others), ["us-east-1", "https://sts.us-east-1.amazonaws.com"]);
  });

  it("plain http is for this machine alone", async () => {
    assert.equal(sts("endpoint_url = http://localhost:4566")[1], "http://localhost:4566");
    assert.deepEqual(await told(() => sts("endpoint_url = http://sts.example")), {
      code: "E_STS_ENDPOINT",
      message: "The STS endpoint given by ~/.aws/config:4 is plain http to another machine.",
      hint: "Give an https:// URL; http:// is for loopback addresses only.",
    });
    for (const url of ["ftp://x", "sts.example", "https://user:pass@sts.example", "https://a b"]) {
      assert.equal(
        (await told(() => sts("", { AWS_ENDPOINT_URL_STS: url }))).message,
        "The STS endpoint given by AWS_ENDPOINT_URL_STS is not a URL.",
      );
      assert.equal(
        (await told(() => sts("", { AWS_ENDPOINT_URL: url }))).message,
        "The STS endpoint given by AWS_ENDPOINT_URL is not a URL.",
      );
    }
  });
});

describe("values of a role", () => {
  const bad: readonly (readonly [keys: string, written: string, hint: RegExp])[] = [
    ["duration_seconds = 899", 'duration_seconds of profile "a"', /900 to 43200/],
    ["duration_seconds = 43201", 'duration_seconds of profile "a"', /900 to 43200/],
    ["duration_seconds = 1h", 'duration_seconds of profile "a" (~/.aws/config:4)', /900 to 43200/],
    ["role_session_name = a b", 'role_session_name of profile "a" (~/.aws/config:4)', /2 to 64/],
    ["external_id = \u00e9\u00e9", 'external_id of profile "a" (~/.aws/config:4)', /2 to 1224/],
  ];
  for (const [keys, written, hint] of bad) {
    it(`${keys} is refused by name`, async () => {
      const error = await told(() => step(keys));
      assert.deepEqual(
        [error.code, error.message],
        ["E_PROFILE_VALUE", `The value of ${written} is not one that STS takes.`],
      );
      assert.match(error.hint ?? "", hint);
    });
  }

  it("what stands in the request file is checked as well", async () => {
    const arn = { value: "arn:aws:iam::111122223333:role/top", source: "pets.awsreq:2" };
    const at = (value: string) => ({ value, source: "pets.awsreq:3" });
    const choice = { kind: "profile", name: "base", source: "default" } as const;
    const onTop = (role: RoleOnTop) => told(() => planCredentials(choice, contextOf("", base), role));
    assert.deepEqual(
      [
        (await onTop({ arn, externalId: at("") })).message,
        (await onTop({ arn, sessionName: at("a\r\nb") })).message,
        (await onTop({ arn: at("arn:aws:sts::111122223333:assumed-role/a/b") })).message,
      ],
      [
        "The value of the external ID at pets.awsreq:3 is not one that STS takes.",
        "The value of the session name at pets.awsreq:3 is not one that STS takes.",
        "The value of the role at pets.awsreq:3 is not the ARN of a role.",
      ],
    );
  });
});

describe("parseRoleArn", () => {
  it("reads partition, account and name, whatever the path", () => {
    assert.deepEqual(
      ["arn:aws:iam::111122223333:role/a", "arn:aws-cn:iam::111122223333:role/x/y=z/a.b@c"].map((arn) =>
        parseRoleArn(arn, "it"),
      ),
      [
        { partition: "aws", account: "111122223333", name: "a" },
        { partition: "aws-cn", account: "111122223333", name: "a.b@c" },
      ],
    );
  });

  it("refuses everything else, without showing it", async () => {
    for (const arn of [
      "",
      "a",
      "arn:aws:iam::1:role/a",
      "arn:aws:iam::111122223333:user/a",
      "arn:aws:iam::111122223333:role/",
    ]) {
      assert.deepEqual(await told(() => parseRoleArn(arn, "role_arn")), {
        code: "E_ROLE_ARN",
        message: "The value of role_arn is not the ARN of a role.",
        hint: "A role's ARN looks like arn:aws:iam::123456789012:role/name; an assumed-role ARN names a session, not a role.",
      });
    }
  });

  it("knows the ARN of its sessions", () => {
    const role = { partition: "aws", account: "111122223333", name: "a" };
    assert.equal(assumedRoleArn(role, "me"), "arn:aws:sts::111122223333:assumed-role/a/me");
  });
});

describe("files inside a workspace", () => {
  const keys = "aws_access_key_id = K\naws_secret_access_key = s\n";
  const planned = (config: string, env: Record<string, string> = {}) =>
    planCredentials(
      { kind: "profile", name: "a", source: "--profile" },
      { files: filesOf(config, base, true), env, region: null, metadata: false },
    );

  it("may name keys and roles", () => {
    assert.equal(planned(`[profile a]\n${keys}`).first.kind, "static");
    assert.equal(planned(`[profile a]\n${roleA}region = eu-west-1\n`).roles.length, 1);
  });

  const refused: readonly (readonly [name: string, config: string])[] = [
    ["credential_process", "[profile a]\ncredential_process = get\n"],
    ["web_identity_token_file", "[profile a]\nweb_identity_token_file = /t\n"],
    ["endpoint_url", `[profile a]\nendpoint_url = https://x\n${roleA}`],
    [
      "credential_process",
      "[profile p]\ncredential_process = get\n[profile a]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = p\n",
    ],
  ];
  for (const [name, config] of refused) {
    it(`may not name ${name}`, async () => {
      const { code, message } = await told(() => planned(config));
      assert.equal(code, "E_AWS_FILE_IN_WORKSPACE");
      assert.match(
        message,
        new RegExp(`needs ${name} from ~/.aws/config:2, an AWS file inside the workspace`),
      );
    });
  }

  it("an endpoint that is not needed refuses nothing", () => {
    const config = `[profile a]\nendpoint_url = https://x\n`;
    assert.equal(planned(config + keys).first.kind, "static");
    assert.equal(
      planned(config + roleA, { AWS_ENDPOINT_URL_STS: "https://mine" }).roles[0]?.endpoint,
      "https://mine",
    );
  });
});
