import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { assumed, calledBy, type RunningSts, startLocalSts } from "../identity/localSts.ts";
import { createMachine, type Machine } from "./cliProcess.ts";

const pair = (id: string) => `aws_access_key_id = ${id}\naws_secret_access_key = canary-secret\n`;
const role = "role_arn = arn:aws:iam::111122223333:role/r1\n";
const aws = "https://abc.execute-api.us-east-1.amazonaws.com/";
/** Nothing listens there: what would go out ends here. */
const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9" };

/** A home in which nothing but the test's own files and variables say who signs. */
describe("who signs, as the AWS CLI has it, end to end", () => {
  let sts: RunningSts;
  let machine: Machine;
  before(async () => {
    sts = await startLocalSts((call) =>
      call.fields["Action"] === "GetCallerIdentity"
        ? calledBy("111122223333", "arn:aws:iam::111122223333:user/anna")
        : assumed(call),
    );
  });
  after(() => sts.close());
  beforeEach(async () => {
    machine = await createMachine();
    await machine.write("work/t.awsreq", `GET ${aws}\n`);
  });
  afterEach(() => machine.remove());

  async function explained(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    const { code, stdout } = await machine.run(["explain", "t.awsreq", "--json", ...args], env);
    const [sole] = JSON.parse(stdout).requests;
    const credential = String(sole.signing?.authorization ?? "").match(/Credential=([^/]+)/)?.[1] ?? null;
    return {
      code,
      key: credential,
      error: sole.error?.code ?? null,
      identity: sole.identity,
    };
  }

  it("a role below an empty key, all lines indented", async () => {
    const config = `[profile p]\n${pair("AKIAP").replace(/^/gm, "  ").trimEnd()}\n  aws_session_token =\n  ${role}  source_profile = p\n`;
    await machine.write(".aws/config", config);
    const { key, error } = await explained(["--profile", "p"], { AWS_ENDPOINT_URL_STS: sts.url });
    assert.deepEqual([key, error], ["ASIA-r1", null]);
  });

  it("STS where AWS_ENDPOINT_URL says, named before it is asked", async () => {
    await machine.write(
      ".aws/config",
      `[profile p]\n${role}source_profile = b\n[profile b]\n${pair("AKIAB")}`,
    );
    const before = sts.calls.length;
    const { stderr, stdout } = await machine.run(["explain", "t.awsreq", "--profile", "p"], {
      AWS_ENDPOINT_URL: sts.url,
    });
    assert.equal(sts.calls.length, before + 1);
    assert.match(stdout + stderr, new RegExp(`STS at ${new URL(sts.url).host}`));
  });

  it("AWS_DEFAULT_PROFILE", async () => {
    await machine.write(
      ".aws/credentials",
      `[default]\n${pair("AKIA1")}[dev]\n${pair("AKIA2")}[c]\n${pair("AKIA3")}`,
    );
    const dev = await explained([], { AWS_DEFAULT_PROFILE: "dev" });
    assert.deepEqual([dev.key, dev.identity.source], ["AKIA2", "AWS_DEFAULT_PROFILE"]);
    const both = await explained([], { AWS_DEFAULT_PROFILE: "dev", AWS_PROFILE: "c" });
    assert.deepEqual([both.key, both.identity.source], ["AKIA3", "AWS_PROFILE"]);
  });

  it("whom .env names, with a note where the command line names another", async () => {
    await machine.write("work/.git/HEAD", "ref: refs/heads/main\n");
    await machine.write("work/.env", "AWS_DEFAULT_PROFILE=dev\n");
    await machine.write(".aws/credentials", `[dev]\n${pair("AKIADEV")}[prod]\n${pair("AKIAPROD")}`);
    const approve = ["--approve", `dev@${new URL(aws).host}`];
    const environments: readonly Readonly<Record<string, string>>[] = [
      { AWS_PROFILE: "prod" },
      { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" },
    ];
    for (const env of environments) {
      assert.equal((await explained(approve, env)).key, "AKIADEV");
      const { stderr } = await machine.run(["explain", "t.awsreq", ...approve], env);
      assert.match(stderr, /note: Profile "dev" \(\.env:1\) signs, not /);
    }
    const whoami = await machine.run(["whoami"], { AWS_PROFILE: "prod", AWS_ENDPOINT_URL: sts.url });
    assert.match(whoami.stderr, /note: Profile "dev" \(\.env:1\) signs, not "prod"/);
  });

  it("the container where [default] holds no credentials", async () => {
    const keys = {
      AccessKeyId: "ASIACONTAINER",
      SecretAccessKey: "s",
      Token: "t",
      Expiration: "2099-01-01T00:00:00Z",
    };
    const server = createServer((_, response) => void response.end(JSON.stringify(keys)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await machine.write(".aws/config", "[default]\nregion = us-east-1\n");
      const { port } = server.address() as AddressInfo;
      const env = {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/creds`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: "Basic abc",
      };
      const approve = ["--approve", `container@${new URL(aws).host}`];
      assert.equal((await explained(approve, env)).key, "ASIACONTAINER");
      const named = await explained(["--profile", "default"], env);
      assert.deepEqual([named.code, named.error], [3, "E_PROFILE_EMPTY"]);
    } finally {
      server.close();
    }
  });

  it("credential_process with all of its arguments", async function () {
    if (process.platform === "win32") this.skip();
    const script = await machine.write(
      "p.js",
      'const id = process.argv.includes("admin") ? "ASIAADMIN" : "ASIAREADONLY";\nconsole.log(JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: "s", SessionToken: "t" }));\n',
    );
    for (const [args, expected] of [
      ["--vault Team #2 --role admin", "ASIAADMIN"],
      ['--arg "team #1" admin', "ASIAADMIN"],
      ["--x ; admin", "ASIAADMIN"],
      ["reader", "ASIAREADONLY"],
    ] as const) {
      await machine.write(
        ".aws/config",
        `[profile p]\ncredential_process = ${process.execPath} ${script} ${args}\n`,
      );
      assert.equal((await explained(["--profile", "p"])).key, expected, args);
    }
  });

  it("[default] where the environment's keys are empty; half a pair is an error", async () => {
    await machine.write(".aws/credentials", `[default]\n${pair("AKIADEFAULT")}`);
    const empty = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_SESSION_TOKEN: "" };
    const approve = ["--approve", `default@${new URL(aws).host}`];
    assert.equal((await explained(approve, empty)).key, "AKIADEFAULT");
    const half = await explained(approve, { ...empty, AWS_SECRET_ACCESS_KEY: "s" });
    assert.deepEqual([half.code, half.error], [3, "E_ENV_KEYS"]);
  });

  it("nobody whose credentials are said to be over", async () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "t" };
    const ended = await explained([], { ...env, AWS_CREDENTIAL_EXPIRATION: "2001-01-01T00:00:00Z" });
    assert.deepEqual([ended.code, ended.error, ended.key], [3, "E_CREDENTIALS_EXPIRED", null]);
  });

  it("for region and service as typed", async () => {
    await machine.write(".aws/credentials", `[p]\n${pair("AKIAP")}`);
    for (const region of ["RegionOne", "us_east", "EU-WEST-1"]) {
      for (const [text, args] of [
        [`# @service IoTSecuredTunneling\n# @region ${region}\n`, []],
        ["", ["--service", "s3", "--region", region]],
      ] as const) {
        await machine.write("work/t.awsreq", `${text}GET http://127.0.0.1:9/b/k\n`);
        const { stdout } = await machine.run(["explain", "t.awsreq", "--json", "--profile", "p", ...args]);
        assert.equal(JSON.parse(stdout).requests[0].signing?.credentialScope.split("/")[1], region);
      }
    }
  });

  it("nobody by [default] that no one named, before an approval", async () => {
    await machine.write(".aws/credentials", `[default]\n${pair("AKIADEFAULT")}`);
    for (const url of [aws, "https://api.example.invalid/"]) {
      await machine.write("work/t.awsreq", `# @service execute-api\n# @region us-east-1\nGET ${url}\n`);
      const { code, stderr } = await machine.run(["send", "t.awsreq"], nowhere);
      assert.deepEqual([code, /E_NOT_APPROVED/.test(stderr)], [3, true], stderr);
    }
    await machine.write("work/t.awsreq", `GET ${aws}\n`);
    const { stderr } = await machine.run(["send", "t.awsreq", "--profile", "default"], nowhere);
    assert.doesNotMatch(stderr, /E_NOT_APPROVED/);
  });
});
