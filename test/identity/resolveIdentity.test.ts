import assert from "node:assert/strict";
import { join } from "node:path";
import type { IdentityOptions } from "../../src/identity/choice/signerChoice.ts";
import {
  type IdentityEffects,
  identityLimits,
  planIdentity,
  resolveIdentity,
} from "../../src/identity/resolveIdentity.ts";
import { effectsFor, noon, plainOptions, withHome } from "./awsHome.ts";
import { assumed, assumedUntil, refused, withLocalSts } from "./localSts.ts";
import { assertHoldsNone, refusal } from "./refusal.ts";

const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const keyPair = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = canary-secret-${id}\n`;

function resolveAt(
  home: string | null,
  options: Partial<IdentityOptions> = {},
  effects: Partial<IdentityEffects> = {},
) {
  return resolveIdentity({ ...plainOptions, ...options }, effectsFor(home, effects));
}

const resolve = (
  files: Record<string, string>,
  options: Partial<IdentityOptions> = {},
  effects: Partial<IdentityEffects> = {},
) => withHome(files, (home) => resolveAt(home, options, effects));

describe("resolveIdentity", () => {
  it("static keys of the default profile, the account read from the key id", async () => {
    assert.deepEqual(await resolve({ ".aws/credentials": `[default]\n${keyPair("AKIAQNZGKIQY56JQ7WML")}` }), {
      profile: "default",
      source: "default",
      kind: "static keys",
      role: null,
      credentials: {
        accessKeyId: "AKIAQNZGKIQY56JQ7WML",
        secretAccessKey: "canary-secret-AKIAQNZGKIQY56JQ7WML",
      },
      account: "029608264753",
      arn: null,
      expires: null,
    });
  });

  it("keys with a session token, the account as the profile says", async () => {
    const credentials = `[t]\n${keyPair("ASIAX")}aws_session_token = token\naws_account_id = 444455556666\n`;
    const identity = await resolve(
      { ".aws/credentials": credentials },
      { directiveProfile: { value: "t", source: "pets.awsreq:1" } },
    );
    const { kind, account, source } = identity;
    assert.deepEqual(
      { kind, account, source },
      { kind: "session token", account: "444455556666", source: "pets.awsreq:1" },
    );
  });

  it("keys of the environment need no files, not even readable ones", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" };
    for (const home of [null, "/nowhere"]) {
      const readFile = () => Promise.reject(new Error("read"));
      assert.deepEqual(await resolveAt(home, {}, { env, readFile }), {
        profile: null,
        source: "AWS_ACCESS_KEY_ID",
        kind: "environment",
        role: null,
        credentials: { accessKeyId: "AKIAENV", secretAccessKey: "s" },
        account: null,
        arn: null,
        expires: null,
      });
    }
  });

  it("a process inside a chain, two roles and one on top, each asked with the keys before it", async () => {
    const script = `console.log(JSON.stringify({ Version: 1, AccessKeyId: "AKIAPROCESS", SecretAccessKey: "s" }))`;
    await withLocalSts(assumed, (sts) =>
      withHome({ "get.js": script }, async (home) => {
        const config = `[profile p]\ncredential_process = "${process.execPath}" "${join(home, "get.js")}"\n[profile a]\nrole_arn = ${arn("a")}\nsource_profile = p\nregion = eu-west-1\n[profile b]\nrole_arn = ${arn("b")}\nsource_profile = a\nrole_session_name = of-b\n`;
        const readFile = async () => Buffer.from(config);
        const onTop = {
          arn: { value: arn("top"), source: "pets.awsreq:2" },
          externalId: { value: "ext-1", source: "pets.awsreq:3" },
          sessionName: { value: "pets", source: "pets.awsreq:4" },
        };
        const env = { PATH: process.env["PATH"], AWS_ENDPOINT_URL_STS: sts.url, AWS_REGION: "eu-north-1" };
        assert.deepEqual(await resolveAt(home, { flagProfile: "b", role: onTop }, { readFile, env }), {
          profile: "b",
          source: "--profile",
          kind: "assumed role",
          role: arn("top"),
          credentials: {
            accessKeyId: "ASIA-top",
            secretAccessKey: "secret-top",
            sessionToken: "token-top",
            expiration: new Date("2030-05-17T13:00:00Z"),
          },
          account: "111122223333",
          arn: "arn:aws:sts::111122223333:assumed-role/top/pets",
          expires: new Date("2030-05-17T13:00:00Z"),
        });
        const said = sts.calls.map(({ accessKeyId, sessionToken, region, fields }) => [
          accessKeyId,
          sessionToken,
          region,
          fields["RoleSessionName"],
          fields["ExternalId"],
        ]);
        assert.deepEqual(said, [
          ["AKIAPROCESS", null, "eu-west-1", `awsreq-${noon.getTime()}`, undefined],
          ["ASIA-a", "token-a", "eu-west-1", "of-b", undefined],
          ["ASIA-b", "token-b", "eu-north-1", "pets", "ext-1"],
        ]);
      }),
    );
  });

  it("an account of the profile goes with what its process printed", async () => {
    const script = `console.log('{"Version":1,"AccessKeyId":"K","SecretAccessKey":"s"}')`;
    await withHome({ "get.js": script }, async (home) => {
      const config = `[default]\naws_account_id = 444455556666\ncredential_process = "${process.execPath}" "${join(home, "get.js")}"\n`;
      const identity = await resolveAt(home, {}, { readFile: async () => Buffer.from(config) });
      assert.deepEqual([identity.kind, identity.account], ["credential process", "444455556666"]);
    });
  });

  it("a role on top of the environment's keys", async () => {
    await withLocalSts(assumed, async (sts) => {
      const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s", AWS_ENDPOINT_URL_STS: sts.url };
      const role = { arn: { value: arn("top"), source: "pets.awsreq:2" } };
      const identity = await resolveAt(null, { role, region: "eu-west-3" }, { env });
      assert.deepEqual([identity.profile, identity.role, identity.kind], [null, arn("top"), "assumed role"]);
      assert.deepEqual([sts.calls[0]?.accessKeyId, sts.calls[0]?.region], ["AKIAENV", "eu-west-3"]);
    });
  });

  it("hostile variables and other profiles change nothing for a profile that was named", async () => {
    const evil = "endpoint_url = http://127.0.0.1:1\nregion = evil-1\n";
    const config = (url: string) =>
      `[default]\n${evil}[profile evil]\n${evil}[profile a]\nrole_arn = ${arn("a")}\nsource_profile = base\nregion = eu-west-1\nendpoint_url = ${url}\n`;
    await withLocalSts(assumed, (sts) =>
      withHome(
        { ".aws/config": config(sts.url), ".aws/credentials": `[base]\n${keyPair("AKIABASE")}` },
        async (home) => {
          const hostile = {
            HOME: home,
            AWS_PROFILE: "evil",
            AWS_DEFAULT_PROFILE: "evil",
            AWS_ENDPOINT_URL: "http://127.0.0.1:1",
            AWS_ACCESS_KEY_ID: "AKIAEVIL",
            AWS_SECRET_ACCESS_KEY: "evil",
            AWS_REGION: "evil-1",
            AWS_USE_FIPS_ENDPOINT: "true",
            AWS_USE_DUALSTACK_ENDPOINT: "true",
            AWS_CONFIG_FILE: join(home, ".aws/config"),
          };
          await withProcessEnvironment(hostile, async () => {
            // A variable that holds for STS, as it does for the AWS CLI; the SDK must not find it by itself.
            const env = { ...hostile, AWS_ENDPOINT_URL: undefined };
            const identity = await resolveAt(home, { flagProfile: "a" }, { env });
            assert.deepEqual([identity.profile, identity.credentials.accessKeyId], ["a", "ASIA-a"]);
            assert.deepEqual(
              sts.calls.map((call) => [call.accessKeyId, call.region]),
              [["AKIABASE", "eu-west-1"]],
            );
          });
        },
      ),
    );
  });

  it("fault 96: a profile that does not exist ends there, whatever else could sign", async () => {
    const env = {
      AWS_PROFILE: "default",
      AWS_ACCESS_KEY_ID: "K",
      AWS_SECRET_ACCESS_KEY: "s",
      AWS_ROLE_ARN: arn("w"),
      AWS_WEB_IDENTITY_TOKEN_FILE: "/t",
    };
    const files = { ".aws/credentials": `[default]\n${keyPair("AKIADEFAULT")}` };
    assert.equal(
      (await refusal(() => resolve(files, { flagProfile: "no" }, { env }))).code,
      "E_PROFILE_UNKNOWN",
    );
  });

  it("fault 96: no HOME", async () => {
    const error = await refusal(() => resolveAt(null));
    assert.match(error.message, /no home directory is known \(HOME is not set\)/);
    assert.equal(error.code, "E_NO_CREDENTIALS");
  });

  it("fault 103: credentials that have expired are refused, ones with five minutes left are not", async () => {
    const files = {
      ".aws/config": `[profile a]\nrole_arn = ${arn("a")}\nsource_profile = base\n`,
      ".aws/credentials": `[base]\n${keyPair("AKIABASE")}`,
    };
    const until = (time: string) =>
      withLocalSts(
        (call) => assumedUntil(time, call),
        (sts) => resolve(files, { flagProfile: "a" }, { env: { AWS_ENDPOINT_URL_STS: sts.url } }),
      );
    const error = await refusal(() => until("2030-05-17T12:00:00Z"));
    assert.deepEqual(
      [error.code, error.message],
      [
        "E_CREDENTIALS_EXPIRED",
        'The credentials of profile "a" (~/.aws/config:2) expired at 2030-05-17T12:00:00.000Z.',
      ],
    );
    assertHoldsNone(error, ["secret-a", "token-a", "ASIA-a"]);
    assert.deepEqual((await until("2030-05-17T12:04:00Z")).expires, new Date("2030-05-17T12:04:00Z"));
  });

  it("no error of any trip holds a key", async () => {
    const keys = `${keyPair("AKIACANARY")}aws_session_token = canary-token\n`;
    const files = {
      ".aws/config": `[profile a]\nrole_arn = ${arn("a")}\nsource_profile = base\n[profile p]\ncredential_process = /nowhere/get --password canary-password\n[profile i]\nregion = canary password\nrole_arn = canary-arn\nsource_profile = base\n`,
      ".aws/credentials": `[base]\n${keys}`,
    };
    const secrets = [
      "AKIACANARY",
      "canary-secret-AKIACANARY",
      "canary-token",
      "canary-password",
      "canary-arn",
    ];
    await withLocalSts(
      (call) => refused(403, "AccessDenied", JSON.stringify(call)),
      async (sts) => {
        for (const [flagProfile, code] of [
          ["a", "E_STS"],
          ["p", "E_PROCESS_START"],
          ["i", "E_ROLE_ARN"],
        ]) {
          const error = await refusal(() =>
            resolve(files, { flagProfile }, { env: { AWS_ENDPOINT_URL_STS: sts.url } }),
          );
          assert.equal(error.code, code);
          assertHoldsNone(error, secrets);
        }
      },
    );
  });

  it("ends at once when cancelled before it began", async () => {
    const readFile = () => Promise.reject(new Error("read"));
    const error = await refusal(() => resolveAt("/", {}, { signal: AbortSignal.abort(), readFile }));
    assert.equal(error.code, "E_CANCELLED");
  });

  it("has the limits of the security policy", () => {
    assert.deepEqual([identityLimits.processTimeout, identityLimits.processOutputLimit], [60_000, 1_048_576]);
  });
});

describe("planIdentity", () => {
  it("says who would sign without running, asking or contacting anything", async () => {
    const never = () => Promise.reject(new Error("touched"));
    const files = {
      ".aws/config": `[profile p]\nregion = eu-west-1\naws_account_id = 444455556666\ncredential_process = get\n[profile a]\nrole_arn = ${arn("a")}\nsource_profile = p\n`,
    };
    await withHome(files, async (home) => {
      const plan = async (flagProfile: string, env: Record<string, string>) => {
        const effects = effectsFor(home, { env, ask: never, loadAws: never, localCredentials: never });
        const { way, ...known } = await planIdentity(
          { ...plainOptions, authority: "[::1]:1", flagProfile },
          effects,
        );
        return { ...known, way: way.kind };
      };
      const named = { source: "--profile", notes: [], way: "aws" };
      const fromEnvironment = { value: "r-1", source: "AWS_REGION" };
      assert.deepEqual(
        [
          await plan("p", {}),
          await plan("a", { AWS_REGION: "r-1" }),
          await plan("awsreq-local", { AWS_REGION: "r-1" }),
        ],
        [
          {
            ...named,
            profile: "p",
            role: null,
            account: "444455556666",
            region: { value: "eu-west-1", source: "~/.aws/config:2" },
          },
          { ...named, profile: "a", role: arn("a"), account: "111122223333", region: fromEnvironment },
          {
            ...named,
            profile: "awsreq-local",
            role: null,
            account: null,
            region: fromEnvironment,
            way: "local",
          },
        ],
      );
    });
  });
});

/** Sets variables of this process for a while, so that whatever the SDK would read there is hostile. */
async function withProcessEnvironment(
  variables: Record<string, string>,
  use: () => Promise<void>,
): Promise<void> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  Object.assign(process.env, variables);
  try {
    await use();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
