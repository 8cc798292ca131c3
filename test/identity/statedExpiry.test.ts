import assert from "node:assert/strict";
import { statedTime } from "../../src/identity/plan/statedTime.ts";
import { resolveIdentity } from "../../src/identity/resolveIdentity.ts";
import { effectsFor, plainOptions, withHome } from "./awsHome.ts";
import { assumed, withLocalSts } from "./localSts.ts";
import { assertHoldsNone, refusal } from "./refusal.ts";

const keys = "aws_access_key_id = AKIASTATED\naws_secret_access_key = canary-secret\naws_session_token = t\n";
const over = "2001-01-01T00:00:00Z";

function signer(more: string, env: Record<string, string> = {}, file = ".aws/credentials") {
  return withHome({ [file]: `[default]\n${keys}${more}` }, (home) =>
    resolveIdentity(plainOptions, effectsFor(home, { env })),
  );
}

describe("an end that is stated beside keys", () => {
  for (const name of [
    "aws_expiration",
    "aws_credential_expiration",
    "aws_session_expiration",
    "aws_session_token_expiration",
    "x_security_token_expires",
    "expiration",
    "AWS_Expiration",
  ]) {
    it(`${name}: what is over does not sign, and the line is named`, async () => {
      for (const file of [".aws/credentials", ".aws/config"]) {
        const error = await refusal(() => signer(`${name} = ${over}\n`, {}, file));
        assert.deepEqual(
          [error.code, error.message],
          [
            "E_CREDENTIALS_EXPIRED",
            `The credentials of profile "default" (~/${file}:5) expired at 2001-01-01T00:00:00.000Z.`,
          ],
        );
        assertHoldsNone(error, ["canary-secret", "AKIASTATED"]);
      }
    });

    it(`${name}: what is to come is the identity's end`, async () => {
      const identity = await signer(`${name} = 2031-01-01T00:00:00+01:00\n`);
      assert.deepEqual(identity.expires, new Date("2030-12-31T23:00:00Z"));
    });
  }

  it("that is no time does not stop what the AWS CLI signs", async () => {
    for (const written of ["soon", "", "1589711999"]) {
      const identity = await signer(`aws_expiration = ${written}\n`);
      assert.deepEqual([identity.credentials.accessKeyId, identity.expires], ["AKIASTATED", null]);
    }
  });

  it("in the environment counts too", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" };
    const ended = await refusal(() => signer("", { ...env, AWS_CREDENTIAL_EXPIRATION: over }));
    assert.equal(
      ended.message,
      "The credentials of the environment (AWS_CREDENTIAL_EXPIRATION) expired at 2001-01-01T00:00:00.000Z.",
    );
    const holds = await signer("", { ...env, AWS_CREDENTIAL_EXPIRATION: "2031-01-01T00:00:00Z" });
    assert.deepEqual(holds.expires, new Date("2031-01-01T00:00:00Z"));
  });

  it("keeps a role from being asked for with keys that are over", async () => {
    await withLocalSts(assumed, async (sts) => {
      const config = "[profile a]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = default\n";
      const credentials = `[default]\n${keys}aws_expiration = ${over}\n`;
      await withHome({ ".aws/config": config, ".aws/credentials": credentials }, async (home) => {
        const effects = effectsFor(home, { env: { AWS_ENDPOINT_URL: sts.url } });
        const error = await refusal(() => resolveIdentity({ ...plainOptions, flagProfile: "a" }, effects));
        assert.equal(error.code, "E_CREDENTIALS_EXPIRED");
        assert.match(error.message, /~\/\.aws\/credentials:5/);
      });
      assert.deepEqual(sts.calls, []);
    });
  });
});

describe("statedTime", () => {
  const forms: readonly (readonly [written: string, time: string | null])[] = [
    ["2030-05-17T12:00:00Z", "2030-05-17T12:00:00.000Z"],
    ["2030-05-17t12:00:00z", "2030-05-17T12:00:00.000Z"],
    ["2030-05-17T12:00:00.123456789Z", "2030-05-17T12:00:00.123Z"],
    ["2030-05-17 12:00:00", "2030-05-17T12:00:00.000Z"],
    ["2030-05-17 12:00:00 UTC", "2030-05-17T12:00:00.000Z"],
    ["2030-05-17T12:00:00+0230", "2030-05-17T09:30:00.000Z"],
    ["2030-05-17T12:00:00-08:00", "2030-05-17T20:00:00.000Z"],
    ["2030-05-17T12:00Z", "2030-05-17T12:00:00.000Z"],
    ["2030-05-17", "2030-05-17T00:00:00.000Z"],
    ["2030-13-17T12:00:00Z", null],
    ["2030-05-17T25:00:00Z", null],
    ["17 May 2030", null],
    ["1589711999", null],
    ["2030-05-17T12:00:00Z # home", null],
  ];
  for (const [written, time] of forms) {
    it(`${written}: ${time}`, () => assert.equal(statedTime(written)?.toISOString() ?? null, time));
  }
});
