import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { answering, closeServers } from "../transport/servers.ts";
import { createMachine, credentialsFile, finished, keys, type Machine } from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

describe("what the command line receives", () => {
  let machine: Machine;
  let env: { readonly TMPDIR: string };

  beforeEach(async () => {
    machine = await createMachine();
    env = { TMPDIR: join(machine.home, "tmp") };
    await mkdir(env.TMPDIR);
    await machine.write(".aws/credentials", credentialsFile());
  });

  afterEach(async () => {
    await closeServers();
    await machine.remove();
  });

  /** Writes a request to a server that answers with these bytes, and ends the connection or leaves it open. */
  async function asking(bytes: string | Uint8Array, ends = true): Promise<void> {
    const server = await answering(bytes, (socket) => (ends ? socket.end() : undefined));
    const directives = "# @profile canary\n# @auth iam\n# @region us-east-1\n# @service execute-api\n";
    await machine.write("work/a.awsreq", `${directives}GET http://127.0.0.1:${server.port}/\n`);
  }

  const withHead = (fields: string, body: Uint8Array) =>
    Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${fields}Content-Length: ${body.length}\r\n\r\n`), body]);
  const withTrailers =
    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
    "3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n";

  it("fault 34, 56: tells of interim answers and trailers in --json", async () => {
    await asking(withTrailers);
    const { code, stdout } = await machine.run(["send", "a.awsreq", "--json"]);
    const response = documentOf(stdout).requests[0]?.response;
    assert.equal(code, 0);
    assert.deepEqual(response?.interim, [
      { status: 103, statusText: "Early Hints", headers: [["Link", "</a>"]] },
    ]);
    assert.deepEqual(response?.trailers, [["X-Sum", "1"]]);
  });

  it("fault 34, 56: prints them with --include where they stood, and with --verbose", async () => {
    await asking(withTrailers);
    const { stdout } = await machine.run(["send", "a.awsreq", "--include"]);
    assert.equal(
      stdout,
      "HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nabc\nX-Sum: 1\n",
    );
    const { stdout: alone, stderr } = await machine.run(["send", "a.awsreq", "--verbose"]);
    assert.equal(alone, "abc");
    for (const line of ["< HTTP/1.1 103 Early Hints", "< Link: </a>", "< X-Sum: 1"])
      assert.ok(stderr.split("\n").includes(line), stderr);
  });

  it("fault 34, 56: masks what they echo, and writes out what a terminal would obey", async () => {
    const echo = `X-Echo: ${keys.secretAccessKey}\u009b31m\r\n`;
    await asking(
      `HTTP/1.1 103 Early\r\n${echo}\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${echo}\r\n`,
    );
    for (const option of ["--json", "--include", "--verbose"]) {
      const { stdout, stderr } = await machine.run(["send", "a.awsreq", option]);
      assert.ok(!`${stdout}${stderr}`.includes(keys.secretAccessKey), option);
      assert.match(stdout + stderr, /X-Echo/, option);
      if (option !== "--json") assert.ok(!/\u009b/.test(stdout + stderr), option);
    }
  });

  it("fault 66: ends with 4 where a body is damaged, and keeps what could be decoded", async () => {
    const damaged = gzipSync("hello");
    damaged.writeUInt32LE(0, damaged.length - 8);
    await asking(withHead("Content-Encoding: gzip\r\n", damaged));
    const plain = await machine.run(["send", "a.awsreq"]);
    assert.deepEqual([plain.code, plain.stdout], [4, "hello"]);
    assert.match(plain.stderr, /gzip data is damaged.*\(E_BODY_ENCODING\)/);
    const { code, stdout } = await machine.run(["send", "a.awsreq", "--json"]);
    const [entry] = documentOf(stdout).requests;
    assert.deepEqual(
      [code, entry?.response?.complete, entry?.response?.body, entry?.error?.code],
      [4, false, "hello", "E_BODY_ENCODING"],
    );
    assert.equal((await machine.run(["send", "a.awsreq", "--output", "out"])).code, 4);
    assert.equal(await readFile(join(machine.work, "out"), "utf8"), "hello");
  });

  for (const [status, code] of [
    ["099", 4],
    ["000", 4],
    ["600", 1],
    ["999", 1],
  ] as const) {
    it(`fault 32: ends with ${code} for the status ${status}`, async () => {
      await asking(`HTTP/1.1 ${status} Odd\r\nContent-Length: 0\r\n\r\n`);
      assert.equal((await machine.run(["send", "a.awsreq"])).code, code);
    });
  }

  it("hands on a large body piece by piece, what is masked across their borders too", async () => {
    const size = 20 * 1024 * 1024;
    const secret = keys.secretAccessKey;
    const body = Buffer.alloc(size, "0123456789abcdef");
    for (const border of [8, 16]) body.write(secret, border * 1024 * 1024 - 64 * 1024 - 10);
    await asking(withHead("Content-Type: text/plain\r\n", body));
    const { code, stdout, stderr } = await machine.run(["send", "a.awsreq"], env);
    assert.equal(code, 0);
    assert.equal(stdout, body.toString().replaceAll(secret, "‹secret›"));
    assert.match(stderr, /masked/);
    assert.equal((await machine.run(["send", "a.awsreq", "--output", "out"], env)).code, 0);
    assert.ok((await readFile(join(machine.work, "out"))).equals(body));
    assert.deepEqual(readdirSync(env.TMPDIR), []);
  });

  /** Resolves when a body of at least `bytes` lies in a temporary file; gives how many such files there are. */
  async function stored(bytes: number, files = 1): Promise<void> {
    const large = () =>
      readdirSync(env.TMPDIR)
        .flatMap((name) => readdirSync(join(env.TMPDIR, name)).map((file) => join(env.TMPDIR, name, file)))
        .filter((file) => existsSync(file) && statSync(file).size >= bytes);
    while (large().length < files) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  const part = Buffer.concat([
    Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"),
    Buffer.alloc(3_000_000, "x"),
  ]);

  for (const [signals, code] of [
    [["SIGINT"], 130],
    [["SIGTERM"], 143],
    [["SIGHUP"], 129],
    [["SIGINT", "SIGINT"], 130],
  ] as const) {
    it(`fault 91: ${signals.join(", ")} while receiving ends with ${code} and leaves no file`, async () => {
      await asking(part, false);
      const child = machine.start(["send", "a.awsreq", "--output", "out"], env);
      const done = finished(child);
      await stored(2_000_000);
      for (const signal of signals) child.kill(signal);
      assert.equal((await done).code, code);
      assert.deepEqual(readdirSync(env.TMPDIR), []);
      assert.deepEqual(
        readdirSync(machine.work).filter((name) => name.endsWith(".part")),
        [],
      );
    });
  }

  it("fault 91: SIGINT while decoding ends with 130 and leaves no file", async () => {
    await asking(withHead("Content-Encoding: gzip\r\n", gzipSync(Buffer.alloc(600_000_000))));
    const child = machine.start(["send", "a.awsreq", "--output", "out"], env);
    const done = finished(child);
    await stored(2_000_000);
    child.kill("SIGINT");
    const { code, stderr } = await done;
    assert.equal(code, 130);
    assert.match(stderr, /E_CANCELLED/);
    assert.deepEqual(readdirSync(env.TMPDIR), []);
  });

  for (const options of [[], ["--json"]]) {
    it(`fault 91: SIGINT while nobody reads what is written (${options}) ends with 130`, async () => {
      await asking(withHead("", Buffer.alloc(20_000_000, "x")));
      const child = machine.start(["send", "a.awsreq", ...options], env);
      const { stdout } = child;
      assert.ok(stdout !== null);
      await once(stdout, "readable");
      child.kill("SIGINT");
      const [code] = (await once(child, "exit")) as [number];
      stdout.destroy();
      assert.equal(code, 130);
      assert.deepEqual(readdirSync(env.TMPDIR), []);
    });
  }

  it("fault 107: stops writing when its reader has seen enough", async () => {
    await asking(withHead("", Buffer.alloc(20_000_000, "x")));
    const child = machine.start(["send", "a.awsreq"], env);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(env.TMPDIR), []);
  });
});
