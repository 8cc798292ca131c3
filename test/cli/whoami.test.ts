import assert from "node:assert/strict";
import { assumed, calledBy, refused, type StsCall, withLocalSts } from "../identity/localSts.ts";
import { assertNoLeak } from "./canary.ts";
import { createMachine, credentialsFile, keys, type Machine } from "./cliProcess.ts";

const arn = "arn:aws:iam::444455556666:user/anna";
const code = `${Math.floor(100_000 + Math.random() * 900_000)}`;

/** Answers who is asking, and gives roles. */
const sts = (call: StsCall) =>
  call.fields["Action"] === "GetCallerIdentity" ? calledBy("444455556666", arn) : assumed(call);

/** What the local STS knows: it refuses a signature by these keys that does not hold. */
const known = (id: string) => (id === keys.accessKeyId ? keys : null);

describe("awsreq whoami", () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write(
      ".aws/config",
      [
        "[profile canary]",
        "region = eu-west-1",
        "[profile ops]",
        "role_arn = arn:aws:iam::111122223333:role/ops",
        "source_profile = canary",
        "[profile guarded]",
        "role_arn = arn:aws:iam::111122223333:role/guarded",
        "source_profile = canary",
        "mfa_serial = arn:aws:iam::444455556666:mfa/anna",
        "",
      ].join("\n"),
    );
  });
  after(() => machine.remove());

  it("asks STS, signed, and tells account, ARN and where the choice came from", async () => {
    await withLocalSts(
      sts,
      async ({ url, calls }) => {
        const run = await machine.run(["whoami", "--profile", "canary"], { AWS_ENDPOINT_URL_STS: url });
        assert.deepEqual(
          run.stdout.split("\n").map((line) => line.replace(/ {2,}/, " ")),
          [
            "profile canary (chosen by --profile)",
            "kind static keys",
            "account 444455556666",
            `arn ${arn}`,
            "user id AIDACKCEVSQ6C2EXAMPLE",
            "key AKIA…MPLE",
            "region eu-west-1 (~/.aws/config:2)",
            "",
          ],
        );
        assert.deepEqual([run.code, run.stderr], [0, ""]);
        assert.deepEqual(
          calls.map(({ signed, region, fields }) => ({ signed, region, fields })),
          [
            {
              signed: true,
              region: "eu-west-1",
              fields: { Action: "GetCallerIdentity", Version: "2011-06-15" },
            },
          ],
        );
      },
      known,
    );
  });

  it("is one document with --json, for an assumed role too", async () => {
    await withLocalSts(
      sts,
      async ({ url, calls }) => {
        const { stdout } = await machine.run(["whoami", "--profile", "ops", "--json"], {
          AWS_ENDPOINT_URL_STS: url,
        });
        const { version, file, identities } = JSON.parse(stdout);
        assert.deepEqual({ version, file, count: identities.length }, { version: 1, file: null, count: 1 });
        const { identity, error } = identities[0];
        assert.equal(error, null);
        assert.deepEqual(identity, {
          profile: "ops",
          source: "--profile",
          kind: "assumed role",
          accessKeyId: "‹secret›",
          role: "arn:aws:iam::111122223333:role/ops",
          account: "444455556666",
          arn,
          expires: "2030-05-17T13:00:00.000Z",
          userId: "AIDACKCEVSQ6C2EXAMPLE",
          region: null,
          regionSource: null,
        });
        assert.deepEqual(
          calls.map(({ fields, signed }) => [fields["Action"], signed]),
          [
            ["AssumeRole", true],
            ["GetCallerIdentity", true],
          ],
        );
      },
      known,
    );
  });

  it("asks for nobody whom the folder chose, until that is approved", async () => {
    await withLocalSts(sts, async ({ url, calls }) => {
      await machine.write("work/.env", "AWS_PROFILE=canary\n");
      const { code, stderr } = await machine.run(["whoami"], { AWS_ENDPOINT_URL_STS: url });
      assert.deepEqual([code, calls.length], [3, 0]);
      assert.match(stderr, /E_NOT_APPROVED[\s\S]*add --approve canary@sts\.amazonaws\.com\./);
      await machine.write("work/.env", "");
    });
  });

  it("takes profile and region from the folder's .env, else from samconfig.toml", async () => {
    await withLocalSts(sts, async ({ url, calls }) => {
      const env = { AWS_ENDPOINT_URL_STS: url, AWS_PROFILE: "nobody" };
      await machine.write("work/.env", "AWS_PROFILE=canary\nAWS_REGION=us-west-2\n");
      const approved = ["whoami", "--json", "--approve", "canary@sts.amazonaws.com"];
      const dotenv = await machine.run(approved, env);
      const [{ identity }] = JSON.parse(dotenv.stdout).identities;
      assert.deepEqual(
        [identity.source, identity.region, identity.regionSource, calls[0]?.region],
        [".env:1", "us-west-2", ".env:2", "eu-west-1"],
      );
      await machine.write("work/.env", "");
      await machine.write("work/samconfig.toml", '[default.global.parameters]\nprofile = "canary"\n');
      const sam = await machine.run(["whoami", "--json"], { AWS_ENDPOINT_URL_STS: url });
      assert.equal(
        JSON.parse(sam.stdout).identities[0].identity.source,
        "samconfig.toml [default.global.parameters]",
      );
      await machine.write("work/samconfig.toml", "");
    });
  });

  it("asks for the code of a second factor by --mfa-code, else ends with 3 before STS is asked", async () => {
    await withLocalSts(
      sts,
      async ({ url, calls }) => {
        const env = { AWS_ENDPOINT_URL_STS: url };
        const without = await machine.run(["whoami", "--profile", "guarded"], env);
        assert.deepEqual([without.code, calls.length], [3, 0]);
        assert.match(without.stderr, /E_MFA\)\n.*--mfa-code/);
        const given = await machine.run(["whoami", "--profile", "guarded", "--mfa-code", code], env);
        assert.equal(given.code, 0);
        assert.equal(calls[0]?.fields["TokenCode"], code);
        for (const run of [without, given]) assertNoLeak(run, [keys.secretAccessKey, code], "whoami");
      },
      known,
    );
  });

  it("tells for each request of a file who would sign it, and sends none", async () => {
    const text = [
      "# @name signed",
      "# @profile canary",
      "GET https://127.0.0.1:9/x",
      "# @service execute-api",
      "",
      "###",
      "# @name plain",
      "# @auth none",
      "GET https://127.0.0.1:9/y",
      "",
    ];
    await machine.write(
      "work/two.awsreq",
      text.toSpliced(3, 1).toSpliced(2, 0, "# @service execute-api").join("\n"),
    );
    await withLocalSts(
      sts,
      async ({ url, calls }) => {
        const { code: exit, stdout } = await machine.run(["whoami", "two.awsreq", "--all"], {
          AWS_ENDPOINT_URL_STS: url,
        });
        assert.equal(exit, 0);
        assert.match(stdout, /### signed\nprofile +canary \(chosen by two\.awsreq:2\)/);
        assert.match(stdout, /### plain\nsigned +no: this request is not signed\n/);
        assert.equal(calls.length, 1);
      },
      known,
    );
  });

  it("says what STS has against the keys, and nothing of what it sent", async () => {
    const answer = () => refused(403, "InvalidClientTokenId", `no ${keys.secretAccessKey}`);
    await withLocalSts(answer, async ({ url }) => {
      const run = await machine.run(["whoami", "--profile", "canary"], { AWS_ENDPOINT_URL_STS: url });
      assert.equal(run.code, 3);
      assert.match(
        run.stderr,
        /STS at 127\.0\.0\.1:\d+ did not say who this is: STS does not know the access key id that asked \(InvalidClientTokenId, status 403\)\. \(E_STS\)/,
      );
      assertNoLeak(run, [keys.secretAccessKey], "whoami");
    });
  });

  it("does not receive an answer that is larger than any of STS", async () => {
    await withLocalSts(
      () => ({ status: 200, body: "x".repeat(100_000) }),
      async ({ url }) => {
        const run = await machine.run(["whoami", "--profile", "canary"], { AWS_ENDPOINT_URL_STS: url });
        assert.equal(run.code, 3);
        assert.match(run.stderr, /could not be asked who this is \(E_BODY_TOO_LARGE\)/);
      },
    );
  });

  const rubbish = ["", "<html>", "<Account>x</Account>", `{"Account":"444455556666"}`, "<Arn>".repeat(5000)];
  for (const body of rubbish) {
    it(`does not believe ${JSON.stringify(body.slice(0, 24))}`, async () => {
      await withLocalSts(
        () => ({ status: 200, body }),
        async ({ url }) => {
          const run = await machine.run(["whoami", "--profile", "canary"], { AWS_ENDPOINT_URL_STS: url });
          assert.equal(run.code, 3);
          assert.match(run.stderr, /the answer was not one that STS gives/);
        },
      );
    });
  }
});
