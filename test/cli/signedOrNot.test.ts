import assert from "node:assert/strict";
import { createMachine, credentialsFile, finished, type Machine } from "./cliProcess.ts";
import { type CountingServer, startCountingServer } from "./countingServer.ts";
import { documentOf } from "./outputSchema.ts";

describe("a request to a host that is not AWS's", () => {
  let machine: Machine;
  let server: CountingServer;
  before(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    await machine.write(".aws/config", "[profile canary]\nregion = eu-west-1\n");
    server = await startCountingServer();
  });
  after(async () => {
    await server.close();
    await machine.remove();
  });

  async function sent(name: string, text: string, ...args: readonly string[]) {
    await machine.write(`work/${name}`, text.replaceAll("HOST", server.url));
    const before = server.arrived.length;
    const run = await machine.run(["send", name, ...args]);
    const arrived = server.arrived.slice(before);
    return { ...run, signed: arrived.map(({ headers }) => headers.authorization ?? null), arrived };
  }

  const ofFile = "# @profile canary\n\n###\nGET HOST/oauth/token\n";
  const approved = ["--approve", "canary@127.0.0.1"];

  it("is an error in an .awsreq file, whoever would sign it", async () => {
    for (const [text, args] of [
      ["GET HOST/\n", []],
      ["GET HOST/\n", ["--profile", "canary"]],
      [ofFile, []],
      [ofFile, ["--profile", "canary"]],
    ] as const) {
      const { code, stderr, arrived } = await sent("a.awsreq", text, ...args);
      assert.deepEqual([code, arrived.length], [2, 0], stderr);
      assert.match(stderr, /E_AUTH_UNDECIDED/);
      assert.match(stderr, /`# @auth none`.*`# @auth iam`.*top of the file/);
    }
  });

  it("is one error a file, which names the other lines", async () => {
    const text = "GET HOST/1\n\n###\nGET HOST/2\n\n###\nGET HOST/3\n";
    const { code, stderr, arrived } = await sent("a.awsreq", text, "--all");
    assert.deepEqual([code, arrived.length], [2, 0]);
    assert.equal(stderr.match(/E_AUTH_UNDECIDED/g)?.length, 1, stderr);
    assert.match(stderr, /2 more requests \(lines 4, 7\)/);
    assert.match(stderr, /^a\.awsreq:1:1: /m);
    const { requests } = documentOf((await sent("a.awsreq", text, "--all", "--json")).stdout);
    assert.deepEqual(
      requests.map(({ error }) => error?.code),
      ["E_AUTH_UNDECIDED", "E_AUTH_UNDECIDED", "E_AUTH_UNDECIDED"],
    );
  });

  for (const name of ["a.http", "a.rest", "A.HTTP"]) {
    it(`goes as typed in ${name}, and every word says that it is not signed`, async () => {
      const plain = await sent(name, "GET HOST/\n");
      assert.deepEqual([plain.code, plain.signed], [0, [null]], plain.stderr);
      assert.match(plain.stderr, /· not signed$/m);
      const below = await sent(name, ofFile);
      assert.deepEqual([below.code, below.signed], [0, [null]], below.stderr);
      assert.match(below.stderr, /sent as typed and not signed: @profile of the file, \S+:1,.*H_NOT_SIGNED/);
      const named = await sent(name, "GET HOST/\n", "--profile", "canary");
      assert.deepEqual([named.code, named.signed], [0, [null]], named.stderr);
      assert.match(named.stderr, /--profile canary has no effect: nothing says.*W_NOT_SIGNED/);
      const explained = await machine.run(["explain", name]);
      assert.match(explained.stdout, /is not signed: nothing says that it is to be signed/);
      const json = documentOf((await sent(name, "GET HOST/\n", "--json")).stdout);
      assert.equal(json.requests[0]?.signing, null);
    });
  }

  it("follows the line above the first request in a whole file only where an empty line parts them", async () => {
    const two = "GET HOST/one\n\n### second\nGET HOST/two\n";
    const typed = await sent("a.http", `# @auth none\n${two}`, "--all");
    assert.deepEqual([typed.code, typed.signed], [0, [null, null]], typed.stderr);
    const own = await sent("a.awsreq", `# @auth none\n${two}`, "--all");
    assert.match(own.stderr, /^a\.awsreq:5:1: error: .*E_AUTH_UNDECIDED/m);
    const whole = await sent("a.awsreq", `# @auth none\n\n${two}`, "--all");
    assert.deepEqual([whole.code, whole.signed], [0, [null, null]], whole.stderr);
    assert.match(whole.stderr, /^a\.awsreq:1:4: hint: @auth holds for every request.*H_DIRECTIVE_OF_FILE/m);
    const signed = await sent("a.http", `# @profile canary\n\n${two}`, "--all");
    assert.deepEqual([signed.code, signed.signed], [0, [null, null]], signed.stderr);
    assert.match(signed.stderr, /H_NOT_SIGNED/);
  });

  it("is noted once for a whole .http file", async () => {
    const { stderr } = await sent("a.http", `${ofFile}\n###\nGET HOST/2\n`, "--all");
    assert.equal(stderr.match(/H_NOT_SIGNED/g)?.length, 1, stderr);
  });

  it("is an error on standard input, which has no name", async () => {
    const text = `GET ${server.url}/\n`;
    const { code, stderr } = await finished(machine.start(["send", "-"], {}, text));
    assert.equal(code, 2);
    assert.match(stderr, /E_AUTH_UNDECIDED/);
  });

  for (const name of ["a.http", "a.awsreq"]) {
    it(`is signed by its own profile, for an assumed service, in ${name}`, async () => {
      const text = "# @profile canary\nGET HOST/\n";
      const { code, signed, stderr } = await sent(name, text, ...approved);
      assert.deepEqual([code, signed.length], [0, 1], stderr);
      assert.match(signed[0] ?? "", /\/eu-west-1\/execute-api\/aws4_request/);
      assert.match(stderr, /signed as canary for eu-west-1\/execute-api \(assumed\)/);
      const explained = await machine.run(["explain", name, ...approved]);
      assert.match(explained.stdout, /service +execute-api +← assumed/);
      const json = documentOf((await sent(name, text, "--json", ...approved)).stdout);
      assert.equal(json.requests[0]?.signing?.serviceSource, "assumed");
    });
  }

  it("is signed by @auth iam of the request, of the file and of the command line", async () => {
    for (const [text, args] of [
      ["# @auth iam\nGET HOST/\n", []],
      [`# @auth iam\n${ofFile}`, []],
      ["GET HOST/\n", ["--auth", "iam"]],
      [ofFile, ["--auth", "iam"]],
    ] as const) {
      for (const name of ["a.http", "a.awsreq"]) {
        const { code, signed, stderr } = await sent(name, text, "--profile", "canary", ...args);
        assert.equal(code, 0, stderr);
        assert.match(signed[0] ?? "", /execute-api/);
      }
    }
  });

  it("takes --auth where nothing is said, and nowhere else", async () => {
    const filled = await sent("a.awsreq", ofFile, "--auth", "none");
    assert.deepEqual([filled.code, filled.signed], [0, [null]], filled.stderr);
    const kept = await sent("a.awsreq", "# @auth iam\n# @profile canary\nGET HOST/\n", "--auth", "none");
    assert.match(kept.signed[0] ?? "", /AWS4-HMAC-SHA256/);
    assert.match(kept.stderr, /--auth none has no effect: @auth iam, a\.awsreq:1\. \(W_AUTH_UNUSED\)/);
    const unsigned = await sent("a.awsreq", "# @auth none\nGET HOST/\n", "--auth", "iam");
    assert.deepEqual(unsigned.signed, [null]);
    assert.match(unsigned.stderr, /--auth iam has no effect: @auth none, a\.awsreq:1\. \(W_NOT_SIGNED\)/);
    const typed = await sent("a.awsreq", "GET HOST/\nAuthorization: Bearer x\n", "--auth", "iam");
    assert.deepEqual(typed.signed, ["Bearer x"]);
  });

  it("takes no other word for --auth, and not two that differ", async () => {
    for (const args of [["--auth", "basic"], ["--auth="], ["--auth", "none", "--service", "s3"]]) {
      const { code, stderr, arrived } = await sent("a.http", "GET HOST/\n", ...args);
      assert.deepEqual([code, arrived.length], [2, 0]);
      assert.match(stderr, /E_USAGE/);
    }
  });
});
