import assert from "node:assert/strict";
import { createMachine, credentialsFile, type Machine } from "./cliProcess.ts";
import { type CountingServer, startCountingServer } from "./countingServer.ts";
import { documentOf } from "./outputSchema.ts";

describe("a request that nobody signs", () => {
  let machine: Machine;
  let server: CountingServer;
  before(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    server = await startCountingServer();
  });
  after(async () => {
    await server.close();
    await machine.remove();
  });

  async function send(text: string, ...args: readonly string[]) {
    await machine.write("work/a.awsreq", text.replaceAll("HOST", server.url));
    const before = server.arrived.length;
    const run = await machine.run(["send", "a.awsreq", ...args]);
    return { ...run, arrived: server.arrived.slice(before) };
  }

  const service = "# @region us-east-1\n# @service s3\n";
  const empty: readonly (readonly [string, string, readonly string[], string])[] = [
    ["typed empty", `${service}GET HOST/\nAuthorization:\n`, [], "a.awsreq:4:1"],
    ["a variable", `${service}GET HOST/\nAuthorization: {{tok}}\n`, ["--var", "tok="], "a.awsreq:4:1"],
    ["blank", `@tok = \n${service}GET HOST/\nauthorization: {{tok}} {{tok}}\n`, [], "a.awsreq:5:1"],
    [
      "a scheme alone",
      `${service}GET HOST/\nAuthorization: Bearer {{tok}}\n`,
      ["--var", "tok="],
      "a.awsreq:4:1",
    ],
    ["twice", `${service}GET HOST/\nAuthorization: Bearer x\nAuthorization:\n`, [], "a.awsreq:5:1"],
    ["@auth none", "# @auth none\nGET HOST/\nAuthorization: \n", [], "a.awsreq:3:1"],
    ["a signature", `${service}GET HOST/?a=1&X-Amz-Signature=\n`, [], "a.awsreq:3:5"],
    ["its variable", `${service}GET HOST/?x-amz-signature={{s}}\n`, ["--var", "s="], "a.awsreq:3:5"],
    ["@auth none, signature", "# @auth none\nGET HOST/\n  ?X%2DAmz%2DSignature=\n", [], "a.awsreq:2:5"],
    ["SigV2", `${service}GET HOST/?AWSAccessKeyId=AK&Signature=&Expires=1\n`, [], "a.awsreq:3:5"],
  ];
  for (const [name, text, args, place] of empty) {
    it(`is stopped when its authorisation is empty: ${name}`, async () => {
      const { code, stderr, arrived } = await send(text, "--profile", "canary", ...args);
      assert.deepEqual([code, arrived], [2, []], stderr);
      assert.match(stderr, /E_AUTH_EMPTY/);
      assert.ok(stderr.startsWith(`${place}: error: `), stderr);
      assert.match(stderr, /delete/);
      const json = documentOf((await send(text, "--profile", "canary", "--json", ...args)).stdout);
      assert.deepEqual(
        json.problems.filter(({ severity }) => severity === "error").map(({ code: found }) => found),
        ["E_AUTH_EMPTY"],
      );
    });
  }

  it("goes out as typed when its URL bears a signature, whichever version", async () => {
    const urls = [
      "/a.txt?AWSAccessKeyId=AKIDEXAMPLE&Signature=a+b%3D&Expires=1896064725",
      "/a.txt?Expires=1&Signature=abc~+&Key-Pair-Id=K1",
      "/a.txt?Policy=p_&Signature=abc~&Key-Pair-Id=K1",
      "/a.txt?q=a+b&x-amz-signature=ff",
    ];
    for (const url of urls) {
      const { code, arrived, stderr } = await send(`${service}GET HOST${url}\n`);
      assert.deepEqual([code, arrived.map((request) => request.url)], [0, [url]], stderr);
      const names = Object.keys(arrived[0]?.headers ?? {});
      assert.deepEqual(
        names.filter((name) => name === "authorization" || name.startsWith("x-amz-")),
        [],
      );
      const twice = await send(`# @auth iam\n${service}GET HOST${url}\n`);
      assert.deepEqual([twice.code, twice.arrived], [2, []]);
      assert.match(twice.stderr, /E_AUTH_TWICE/);
    }
  });

  const bearer = "GET HOST/\nAuthorization: Bearer x\n";
  const warned: readonly (readonly [string, string, readonly string[], RegExp])[] = [
    ["a typed header", bearer, ["--profile", "canary"], /--profile canary.*brings an Authorization header/],
    ["a presigned URL", "GET HOST/?X-Amz-Signature=ff\n", ["--profile", "canary"], /brings a presigned URL/],
    ["@auth none", "# @auth none\nGET HOST/\n", ["--profile", "canary"], /@auth none, a\.awsreq:1/],
    ["@service", `${service}${bearer}`, ["--profile", "canary"], /brings an Authorization header/],
    [
      "a role",
      bearer,
      ["--role", "arn:aws:iam::111122223333:role/x"],
      /--role arn:aws:iam::111122223333:role\/x/,
    ],
    ["a region", bearer, ["--region", "eu-west-1"], /--region eu-west-1/],
    ["a service", bearer, ["--service", "s3"], /--service s3/],
  ];
  for (const [name, text, args, message] of warned) {
    it(`is warned about when the command line says who signs: ${name}`, async () => {
      const { code, stderr, arrived } = await send(text, ...args);
      assert.deepEqual([code, arrived.length], [0, 1]);
      assert.match(stderr, /^a\.awsreq:\d:1: warning: .*\(W_NOT_SIGNED\)$/m);
      assert.match(stderr, message);
      const line = text.split("\n").findIndex((one) => one.startsWith("GET")) + 1;
      const { problems } = documentOf((await send(text, "--json", ...args)).stdout);
      assert.deepEqual(
        problems.map((problem) => [problem.code, problem.severity, problem.line]),
        [["W_NOT_SIGNED", "warning", line]],
      );
      const explained = await machine.run(["explain", "a.awsreq", ...args]);
      assert.match(explained.stderr, /W_NOT_SIGNED/);
    });
  }

  it("is not warned about where nobody is named, where somebody signs, and by whoami", async () => {
    assert.doesNotMatch((await send(bearer)).stderr, /W_NOT_SIGNED/);
    const signed = await send(`${service}GET HOST/\n`, "--profile", "canary");
    assert.deepEqual([signed.code, signed.arrived.length], [0, 1], signed.stderr);
    assert.doesNotMatch(signed.stderr, /W_NOT_SIGNED/);
    await send(bearer);
    const who = await machine.run(["whoami", "a.awsreq", "--profile", "canary"]);
    assert.doesNotMatch(who.stderr, /W_NOT_SIGNED/);
  });
});
