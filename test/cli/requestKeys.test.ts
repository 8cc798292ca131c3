import assert from "node:assert/strict";
import { createMachine, credentialsFile, type Machine } from "./cliProcess.ts";
import { type CountingServer, startCountingServer } from "./countingServer.ts";

const id = "AKIAIOSFODNN7EXAMPLE";
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const token = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";
const priv = JSON.stringify({
  dev: { id, secret, token, pair: `${id} ${secret}`, whole: `AWS ${id} ${secret}`, scoped: "{{shared}}" },
});

describe("Authorization: AWS … with variables", () => {
  let machine: Machine;
  let server: CountingServer;
  before(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write("work/http-client.private.env.json", priv);
    await machine.write(
      "work/http-client.env.json",
      JSON.stringify({ dev: { shared: secret, sharedId: id } }),
    );
    server = await startCountingServer();
  });
  after(async () => {
    await server.close();
    await machine.remove();
  });

  async function send(text: string, ...args: readonly string[]) {
    await machine.write("work/a.http", text.replaceAll("HOST", server.url));
    const before = server.arrived.length;
    const run = await machine.run(["send", "a.http", ...args], {
      AWSREQ_PROCESS_ENV: "CI_VALUE",
      CI_VALUE: secret,
    });
    return { ...run, arrived: server.arrived.slice(before) };
  }

  const get = "GET HOST/pets\n";
  const scope = "region:eu-west-1 service:execute-api";
  const rows: readonly (readonly [string, string, string])[] = [
    ["id and secret", `${get}Authorization: AWS {{id}} {{secret}} ${scope}\n`, "eu-west-1/execute-api"],
    ["in any case", `${get}authorization: aws {{id}}\t{{secret}}  ${scope}\n`, "eu-west-1/execute-api"],
    ["a pair", `${get}Authorization: AWS {{pair}} region:us-east-1\n`, "us-east-1/execute-api"],
    ["the whole", `# @region us-east-1\n# @service s3\n${get}Authorization: {{whole}}\n`, "us-east-1/s3"],
    [
      "variables of the file between",
      `@a = {{id}}\n@b = {{secret}}\n\n###\n${get}Authorization: AWS {{a}} {{b}} ${scope}\n`,
      "eu-west-1/execute-api",
    ],
    [
      "directives before the header's own words",
      `# @region us-west-2\n${get}Authorization: AWS {{id}} {{secret}} ${scope}\n`,
      "us-west-2/execute-api",
    ],
  ];
  for (const [name, text, signedFor] of rows) {
    it(`signs with keys of the private environment: ${name}`, async () => {
      const { code, stderr, stdout, arrived } = await send(text);
      assert.equal(code, 0, stderr);
      const { authorization = "" } = arrived[0]?.headers ?? {};
      assert.match(authorization, /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\//);
      assert.ok(authorization.includes(`/${signedFor}/aws4_request`), authorization);
      assert.match(stderr, /signed as keys of the private environment/);
      assert.ok(!`${stderr}${stdout}`.includes(secret));
    });
  }

  it("signs with a session token, which is sent as such", async () => {
    const { code, stderr, arrived } = await send(
      `${get}Authorization: AWS {{id}} {{secret}} token:{{token}} ${scope}\n`,
    );
    assert.equal(code, 0, stderr);
    assert.equal(arrived[0]?.headers["x-amz-security-token"], token);
    assert.ok(!stderr.includes(token));
  });

  it("explains who signs without showing a secret", async () => {
    const text = `${get}Authorization: AWS {{id}} {{secret}} token:{{token}} ${scope}\n`.replace(
      "HOST",
      server.url,
    );
    await machine.write("work/a.http", text);
    for (const args of [[], ["--json"]]) {
      const { code, stdout, stderr } = await machine.run([
        "explain",
        "a.http",
        "--approve",
        "private-environment@127.0.0.1",
        ...args,
      ]);
      assert.equal(code, 0, stderr);
      assert.ok(!stdout.includes(secret) && !stdout.includes(token), stdout);
      assert.match(stdout, /private environment/);
    }
  });

  it("says that no profile signs where one is named, too", async () => {
    const { code, stderr } = await send(
      `${get}Authorization: AWS {{id}} {{secret}} ${scope}\n`,
      "--profile",
      "canary",
    );
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /keys of the Authorization header \(a\.http:2\) sign, not profile "canary" \(--profile\)/,
    );
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["literal keys", `Authorization: AWS ${id} ${secret}`, /E_AUTHORIZATION_KEYS/],
    ["a literal id", `Authorization: AWS ${id} {{secret}}`, /E_AUTHORIZATION_KEYS/],
    ["a literal secret", `Authorization: AWS {{id}} ${secret}`, /E_AUTHORIZATION_KEYS/],
    ["a literal token", `Authorization: AWS {{id}} {{secret}} token:${token}`, /E_AUTHORIZATION_KEYS/],
    ["a secret of the shared environment", "Authorization: AWS {{id}} {{shared}}", /E_AUTHORIZATION_KEYS/],
    ["an id of the shared environment", "Authorization: AWS {{sharedId}} {{secret}}", /E_AUTHORIZATION_KEYS/],
    [
      "a shared secret through the private one",
      "Authorization: AWS {{id}} {{scoped}}",
      /E_AUTHORIZATION_KEYS/,
    ],
    ["a secret with something typed before", "Authorization: AWS {{id}} x{{secret}}", /E_AUTHORIZATION_KEYS/],
    [
      "a variable of the process",
      "Authorization: AWS {{id}} {{$processEnv CI_VALUE}}",
      /E_AUTHORIZATION_KEYS/,
    ],
    ["an encoded secret", "Authorization: AWS {{id}} {{%secret}}", /E_AUTHORIZATION_KEYS/],
    ["--var", "Authorization: AWS {{id}} {{given}}", /E_AUTHORIZATION_KEYS/],
    ["an unknown word", "Authorization: AWS {{id}} {{secret}} realm:x", /E_AUTHORIZATION_KEYS/],
    [
      "two headers",
      "Authorization: AWS {{id}} {{secret}}\nAuthorization: AWS {{id}} {{secret}}",
      /E_AUTHORIZATION_KEYS/,
    ],
    ["a region that is none", "Authorization: AWS {{id}} {{secret}} region:evil.com#", /E_SCOPE_LABEL/],
  ];
  for (const [name, header, problem] of refused) {
    it(`is an error with ${name}, and nothing is sent`, async () => {
      const { code, stderr, stdout, arrived } = await send(`${get}${header}\n`, "--var", `given=${secret}`);
      assert.deepEqual([code, arrived.length], [2, 0], stderr);
      assert.match(stderr, problem);
      assert.ok(!`${stderr}${stdout}`.includes(secret), stderr);
    });
  }

  it("is an error beside # @auth none and beside another authorisation", async () => {
    const keys = `Authorization: AWS {{id}} {{secret}} ${scope}\n`;
    for (const text of [`# @auth none\n${get}${keys}`, `${get}${keys}Authorization: Bearer x\n`]) {
      const { code, stderr, arrived } = await send(text);
      assert.deepEqual([code, arrived.length], [2, 0], stderr);
      assert.match(stderr, /E_AUTH_TWICE/);
    }
  });
});
