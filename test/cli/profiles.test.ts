import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { assumed, withLocalSts } from "../identity/localSts.ts";
import { createMachine, keys, type Machine } from "./cliProcess.ts";

const role = { accessKeyId: "ASIA-ops", secretAccessKey: "secret-ops", sessionToken: "token-ops" };

describe("which profile signs, end to end", () => {
  let machine: Machine;
  before(async () => {
    machine = await createMachine();
    const counting = await machine.write(
      "count.js",
      `require("node:fs").appendFileSync(${JSON.stringify(join(machine.home, "ran"))}, "x"); console.log(${JSON.stringify(
        JSON.stringify({ Version: 1, AccessKeyId: keys.accessKeyId, SecretAccessKey: keys.secretAccessKey }),
      )});`,
    );
    await machine.write(
      ".aws/config",
      [
        "[profile dev]",
        `aws_access_key_id = ${keys.accessKeyId}`,
        `aws_secret_access_key = ${keys.secretAccessKey}`,
        "region = us-east-1",
        "[profile ops]",
        "role_arn = arn:aws:iam::111122223333:role/ops",
        "source_profile = dev",
        "[profile tool]",
        `credential_process = "${process.execPath}" "${counting}"`,
        "",
      ].join("\n"),
    );
  });
  after(() => machine.remove());

  const send = async (
    known: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    text: (url: string) => string,
    args: readonly string[] = [],
    env: Record<string, string> = {},
  ) => {
    const endpoint = await startEndpoint({ port: 0, credentials: [known] });
    await machine.write("work/a.awsreq", text(endpoint.url));
    const { code, stdout, stderr } = await machine.run(["send", "a.awsreq", "--json", ...args], env);
    await endpoint.close();
    const { requests } = JSON.parse(stdout);
    return { code, stderr, requests, sole: requests[0] };
  };
  const get = (head: string) => (url: string) => `${head}# @service execute-api\nGET ${url}/prod/pets/1\n`;

  it("maps one committed name to everybody's own by the private environment", async () => {
    await machine.write("work/http-client.env.json", '{"dev": {"profile": "team"}}');
    await machine.write("work/http-client.private.env.json", '{"dev": {"profile": "dev"}}');
    const { code, sole } = await send(keys, get("# @profile {{profile}}\n"), ["--env", "dev"]);
    await machine.write("work/http-client.env.json", "{}");
    await machine.write("work/http-client.private.env.json", "{}");
    assert.deepEqual([code, sole.identity.profile, sole.identity.source], [0, "dev", "a.awsreq:1"]);
  });

  it("takes the name in .env before AWS_PROFILE, and never its keys", async () => {
    const hostile = `AWS_PROFILE=dev\nAWS_ACCESS_KEY_ID=AKIAHOSTILEHOSTILE00\nAWS_SECRET_ACCESS_KEY=${"h".repeat(40)}\n`;
    await machine.write("work/.env", hostile);
    const { code, sole } = await send(keys, get(""), [], { AWS_PROFILE: "nobody" });
    await machine.write("work/.env", "");
    assert.deepEqual([code, sole.identity.profile, sole.identity.source], [0, "dev", ".env:1"]);
    assert.equal(sole.signing.regionSource, "~/.aws/config:4");
  });

  it("an explicit profile is beaten by nothing in the environment", async () => {
    const env = {
      AWS_PROFILE: "nobody",
      AWS_ACCESS_KEY_ID: "AKIAHOSTILEHOSTILE00",
      AWS_SECRET_ACCESS_KEY: "h".repeat(40),
      AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere",
      AWS_ROLE_ARN: "arn:aws:iam::999999999999:role/hostile",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/",
    };
    const { code, sole } = await send(keys, get("# @profile dev\n"), [], env);
    assert.deepEqual([code, sole.identity.profile, sole.identity.kind], [0, "dev", "static keys"]);
  });

  it("signs as another role or for another region when the person says so", async () => {
    await withLocalSts(assumed, async (sts) => {
      const args = ["--role", "arn:aws:iam::111122223333:role/ops"];
      const { code, sole } = await send(
        role,
        get("# @profile dev\n# @role arn:aws:iam::999999999999:role/no\n"),
        args,
        {
          AWS_ENDPOINT_URL_STS: sts.url,
        },
      );
      assert.deepEqual([code, sole.identity.role], [0, "arn:aws:iam::111122223333:role/ops"]);
    });
    const { sole } = await send(keys, get("# @profile dev\n"), ["--region", "eu-west-1"]);
    assert.deepEqual([sole.signing.region, sole.signing.regionSource], ["eu-west-1", "--region"]);
  });

  it("asks STS, and runs a process, once for all requests of a run", async () => {
    const two = (profile: string) => (url: string) =>
      [1, 2, 3].map(() => get(`# @profile ${profile}\n# @region us-east-1\n`)(url)).join("\n###\n");
    await withLocalSts(assumed, async (sts) => {
      const { requests } = await send(role, two("ops"), ["--all"], { AWS_ENDPOINT_URL_STS: sts.url });
      assert.deepEqual(
        requests.map((one: { response: { status: number } }) => one.response.status),
        [200, 200, 200],
      );
      assert.equal(sts.calls.length, 1);
    });
    await send(keys, two("tool"), ["--all", "--profile", "tool"]);
    assert.equal(await readFile(join(machine.home, "ran"), "utf8"), "x");
  });

  it("says that explaining asks STS, when it does", async () => {
    await machine.write(
      "work/ops.awsreq",
      "# @profile ops\nGET https://abc123.execute-api.us-east-1.amazonaws.com/\n",
    );
    await withLocalSts(assumed, async (sts) => {
      const { stderr, code } = await machine.run(["explain", "ops.awsreq", "--approve", "ops@x"], {
        AWS_ENDPOINT_URL_STS: sts.url,
      });
      assert.equal(code, 0);
      assert.match(stderr, /note: Credentials come from STS at 127\.0\.0\.1:\d+, which is asked unless/);
    });
  });

  it("says in JSON what was tried, in order", async () => {
    const { code, sole } = await send(keys, get("# @profile dve\n"));
    assert.equal(code, 3);
    assert.deepEqual(sole.error.tried, [
      { text: 'profile "dve", chosen by a.awsreq:1', outcome: "found" },
      { text: '~/.aws/config was read: no profile "dve"', outcome: "failed" },
      { text: "there is no ~/.aws/credentials", outcome: "failed" },
    ]);
    assert.equal(sole.error.hint, "Did you mean dev?");
  });

  it("notes a configured region that the host contradicts", async () => {
    await machine.write(
      "work/host.awsreq",
      "# @profile dev\nGET https://abc123.execute-api.eu-west-1.amazonaws.com/\n",
    );
    const { stderr } = await machine.run(["explain", "host.awsreq", "--approve", "dev@x"], {
      AWS_REGION: "us-west-2",
    });
    assert.match(
      stderr,
      /note: Signed for eu-west-1, where the host is; us-west-2 \(AWS_REGION\) is not used\./,
    );
  });
});
