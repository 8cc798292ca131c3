import assert from "node:assert/strict";
import { startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { assumed, refused, withLocalSts } from "../identity/localSts.ts";
import { createMachine, keys, type Machine } from "./cliProcess.ts";

const request = (profile: string, url: string, more = "") =>
  `# @profile ${profile}\n# @region us-east-1\n# @service execute-api\n${more}GET ${url}/prod/pets/1\n`;

describe("who signs, end to end", () => {
  let machine: Machine;
  let processFile: string;

  before(async () => {
    machine = await createMachine();
    const credentials = {
      Version: 1,
      AccessKeyId: "AKIAPROCESSPROCESS00",
      SecretAccessKey: "process".repeat(6),
      SessionToken: "process/token==",
    };
    processFile = await machine.write(
      "cred.js",
      `console.log(${JSON.stringify(JSON.stringify(credentials))})`,
    );
    await machine.write(
      ".aws/config",
      [
        "[profile base]",
        `aws_access_key_id = ${keys.accessKeyId}`,
        `aws_secret_access_key = ${keys.secretAccessKey}`,
        "[profile ops]",
        "role_arn = arn:aws:iam::111122223333:role/ops",
        "source_profile = base",
        "external_id = team",
        "[profile tool]",
        `credential_process = "${process.execPath}" "${processFile}"`,
        "[profile sso]",
        "sso_start_url = https://example.awsapps.com/start",
        "",
      ].join("\n"),
    );
  });

  after(() => machine.remove());

  /** Runs on an endpoint that knows these keys and gives the document's one request. */
  async function signedWith(
    known: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    text: (url: string) => string,
    args: readonly string[] = [],
    env: Record<string, string> = {},
  ) {
    const endpoint = await startEndpoint({ port: 0, credentials: [known] });
    await machine.write("work/a.awsreq", text(endpoint.url));
    const { code, stdout } = await machine.run(["send", "a.awsreq", "--json", ...args], env);
    await endpoint.close();
    return { code, sole: JSON.parse(stdout).requests[0] };
  }

  it("assumes a role of a profile through STS", async () => {
    await withLocalSts(assumed, async (sts) => {
      const role = { accessKeyId: "ASIA-ops", secretAccessKey: "secret-ops", sessionToken: "token-ops" };
      const env = { AWS_ENDPOINT_URL_STS: sts.url };
      const { code, sole } = await signedWith(role, (url) => request("ops", url), [], env);
      assert.deepEqual([code, sole.response?.status, sole.error], [0, 200, null]);
      assert.deepEqual(
        [sole.identity.profile, sole.identity.kind, sole.identity.account, sole.identity.expires],
        ["ops", "assumed role", "111122223333", "2030-05-17T13:00:00.000Z"],
      );
      assert.match(sole.identity.arn, /^arn:aws:sts::111122223333:assumed-role\/ops\/awsreq-\d+$/);
      assert.deepEqual(
        sts.calls.map(({ accessKeyId, fields }) => [accessKeyId, fields["RoleArn"], fields["ExternalId"]]),
        [[keys.accessKeyId, "arn:aws:iam::111122223333:role/ops", "team"]],
      );
    });
  });

  it("puts the role of a directive on top of a profile once the person names it too", async () => {
    await withLocalSts(assumed, async (sts) => {
      const role = {
        accessKeyId: "ASIA-deploy",
        secretAccessKey: "secret-deploy",
        sessionToken: "token-deploy",
      };
      const arn = "arn:aws:iam::111122223333:role/deploy";
      const text = (url: string) => request("base", url, `# @role ${arn}\n# @session-name ann\n`);
      const env = { AWS_ENDPOINT_URL_STS: sts.url };
      for (const args of [[], ["--profile", "base"]]) {
        const { code, sole } = await signedWith(role, text, args, env);
        assert.deepEqual([code, sole.error.code, sts.calls.length], [3, "E_NOT_APPROVED", 0]);
        assert.match(sole.error.hint, /add --role arn:aws:iam::111122223333:role\/deploy\.$/);
      }
      const { code } = await signedWith(role, text, ["--role", arn], env);
      assert.deepEqual([code, sts.calls[0]?.fields["RoleSessionName"]], [0, "ann"]);
    });
  });

  it("stops with STS's reason, and sends nothing", async () => {
    await withLocalSts(
      () => refused(403, "AccessDenied"),
      async (sts) => {
        const env = { AWS_ENDPOINT_URL_STS: sts.url };
        const { code, sole } = await signedWith(keys, (url) => request("ops", url), [], env);
        assert.deepEqual([code, sole.error.code, sole.response], [3, "E_STS", null]);
        assert.match(sole.error.message, /arn:aws:iam::111122223333:role\/ops.*AccessDenied/);
      },
    );
  });

  it("fault 99: runs a credential process that the person named, and none that only the file chose", async () => {
    const known = {
      accessKeyId: "AKIAPROCESSPROCESS00",
      secretAccessKey: "process".repeat(6),
      sessionToken: "process/token==",
    };
    const named = await signedWith(known, (url) => request("tool", url), ["--profile", "tool"]);
    assert.deepEqual([named.code, named.sole.identity?.kind], [0, "credential process"]);
    const chosen = await signedWith(known, (url) => request("tool", url));
    assert.deepEqual([chosen.code, chosen.sole.error.code], [3, "E_PROCESS_NOT_APPROVED"]);
    assert.match(chosen.sole.error.hint, /--approve tool@127\.0\.0\.1:\d+/);
  });

  it("names the kind of a profile that is not supported yet, and never signs as another", async () => {
    const { code, sole } = await signedWith(keys, (url) => request("sso", url), [], {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    });
    assert.deepEqual([code, sole.error.code, sole.signing], [3, "E_PROFILE_KIND", null]);
    assert.match(sole.error.message, /Profile "sso" .*config:\d+/);
  });

  it("fault 96: says so when there is no profile, no file and no key", async () => {
    const bare = await createMachine();
    await bare.write("work/a.awsreq", "GET https://abc.execute-api.eu-west-1.amazonaws.com/\n");
    const { code, stderr } = await bare.run(["send", "a.awsreq"]);
    await bare.remove();
    assert.equal(code, 3);
    assert.match(stderr, /E_NO_CREDENTIALS/);
    assert.match(stderr, /tried, in this order:\n {4}– a profile named by --profile/);
    assert.match(stderr, /– AWS_PROFILE: not set\n[\s\S]*✗ Instance metadata \(EC2\) /);
  });
});
