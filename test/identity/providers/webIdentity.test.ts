import assert from "node:assert/strict";
import { join } from "node:path";
import { resolveIdentity } from "../../../src/identity/resolveIdentity.ts";
import { effectsFor, noon, plainOptions, withHome } from "../awsHome.ts";
import { assumedWithWebIdentity, refused, withLocalSts } from "../localSts.ts";
import { assertHoldsNone, refusal } from "../refusal.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.canary-token.signature";
const roleArn = "arn:aws:iam::111122223333:role/ci";

/** A home with a profile `ci` whose token file lies beside it. */
function withCi<T>(content: string | null, use: (home: string, tokenFile: string) => Promise<T>): Promise<T> {
  return withHome(content === null ? {} : { token: content }, async (home) => {
    const tokenFile = join(home, "token");
    const { writeFile, mkdir } = await import("node:fs/promises");
    await mkdir(join(home, ".aws"), { recursive: true });
    const config = `[profile ci]\nrole_arn = ${roleArn}\nweb_identity_token_file = ${tokenFile}\nrole_session_name = build-7\n`;
    await writeFile(join(home, ".aws/config"), config);
    return use(home, tokenFile);
  });
}

describe("web identity", () => {
  it("gives the token to STS unsigned, and names who signs", async () => {
    await withLocalSts(assumedWithWebIdentity, (sts) =>
      withCi(`${token}\n`, async (home) => {
        const effects = effectsFor(home, { env: { AWS_ENDPOINT_URL_STS: sts.url } });
        const identity = await resolveIdentity({ ...plainOptions, flagProfile: "ci" }, effects);
        const { kind, role, account, arn, expires } = identity;
        assert.deepEqual(
          { kind, role, account, arn, expires },
          {
            kind: "web identity",
            role: roleArn,
            account: "111122223333",
            arn: "arn:aws:sts::111122223333:assumed-role/ci/build-7",
            expires: new Date("2030-05-17T13:00:00Z"),
          },
        );
        assert.deepEqual(sts.calls[0]?.fields, {
          Action: "AssumeRoleWithWebIdentity",
          Version: "2011-06-15",
          RoleArn: roleArn,
          RoleSessionName: "build-7",
          WebIdentityToken: token,
        });
        assert.equal(sts.calls[0]?.accessKeyId, "");
      }),
    );
  });

  it("is taken from the environment where nobody names a profile, before [default]", async () => {
    await withLocalSts(assumedWithWebIdentity, (sts) =>
      withCi(token, async (home, tokenFile) => {
        const env = {
          AWS_ENDPOINT_URL_STS: sts.url,
          AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
          AWS_ROLE_ARN: roleArn,
        };
        const { source, arn, profile } = await resolveIdentity(plainOptions, effectsFor(home, { env }));
        assert.deepEqual(
          { source, arn, profile },
          {
            source: "AWS_WEB_IDENTITY_TOKEN_FILE",
            arn: `arn:aws:sts::111122223333:assumed-role/ci/awsreq-${noon.getTime()}`,
            profile: null,
          },
        );
      }),
    );
  });

  it("never stands in for a profile that was named", async () => {
    await withLocalSts(assumedWithWebIdentity, (sts) =>
      withCi(token, async (home, tokenFile) => {
        const env = {
          AWS_ENDPOINT_URL_STS: sts.url,
          AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
          AWS_ROLE_ARN: roleArn,
        };
        const options = { ...plainOptions, directiveProfile: { value: "nobody", source: "pets.awsreq:1" } };
        const error = await refusal(() => resolveIdentity(options, effectsFor(home, { env })));
        assert.deepEqual([error.code, sts.calls.length], ["E_PROFILE_UNKNOWN", 0]);
      }),
    );
  });

  it("wants a role beside the token", async () => {
    const env = { AWS_WEB_IDENTITY_TOKEN_FILE: "/token" };
    const error = await refusal(() => resolveIdentity(plainOptions, effectsFor(null, { env })));
    assert.deepEqual(
      [error.code, error.message],
      [
        "E_WEB_IDENTITY",
        "The environment names a web identity token (AWS_WEB_IDENTITY_TOKEN_FILE) but no role: AWS_ROLE_ARN is missing.",
      ],
    );
  });

  const badTokens: readonly (readonly [content: string | null, says: RegExp])[] = [
    [null, /does not exist/],
    ["  \n", /is empty/],
    ["canary token", /holds something else than a token/],
    ["c".repeat(20_001), /holds more than 20000 bytes/],
  ];
  for (const [content, says] of badTokens) {
    it(`stops before STS is asked when the token file ${says.source}`, async () => {
      await withLocalSts(assumedWithWebIdentity, (sts) =>
        withCi(content, async (home) => {
          const effects = effectsFor(home, { env: { AWS_ENDPOINT_URL_STS: sts.url } });
          const error = await refusal(() => resolveIdentity({ ...plainOptions, flagProfile: "ci" }, effects));
          assert.equal(error.code, "E_WEB_IDENTITY");
          assert.match(error.message, says);
          assert.equal(sts.calls.length, 0);
          if (content !== null && content.trim() !== "") assertHoldsNone(error, [content]);
        }),
      );
    });
  }

  it("says what STS has against the token, and what was tried", async () => {
    const answer = () => refused(400, "InvalidIdentityToken", `No OpenIDConnect provider. ${token}`);
    await withLocalSts(answer, (sts) =>
      withCi(token, async (home) => {
        const effects = effectsFor(home, { env: { AWS_ENDPOINT_URL_STS: sts.url } });
        const error = await refusal(() => resolveIdentity({ ...plainOptions, flagProfile: "ci" }, effects));
        assert.match(
          error.message,
          /STS does not take the web identity token \(InvalidIdentityTokenException/,
        );
        assert.deepEqual(error.tried, [
          { text: 'profile "ci", chosen by --profile', outcome: "found" },
          { text: `role ${roleArn} with a web identity (~/.aws/config:3)`, outcome: "failed" },
        ]);
        assertHoldsNone(error, [token]);
      }),
    );
  });
});
