import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { appendFile, open, truncate, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createMachine, credentialsFile, finished, type Machine } from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

/** Larger than what is held in memory, and than what sockets hold. */
const size = 24 * 1024 * 1024 + 7;

describe("a body out of a large file", () => {
  let machine: Machine;
  let server: Server;
  let url = "";
  let onRequest: (request: IncomingMessage) => void = () => undefined;
  const closing: Promise<void>[] = [];
  const arrived: { sha256: string; bytes: number; complete: boolean; claimed: unknown }[] = [];

  before(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    server = createServer((request, response) => {
      const hash = createHash("sha256");
      let bytes = 0;
      request.on("data", (chunk: Buffer) => {
        hash.update(chunk);
        bytes += chunk.length;
      });
      request.on("error", () => undefined);
      request.on("end", () => response.end("ok"));
      const closed = new Promise<void>((resolve) => request.once("close", resolve));
      const note = () => {
        const claimed = request.headers["x-amz-content-sha256"];
        arrived.push({ sha256: hash.digest("hex"), bytes, complete: request.complete, claimed });
      };
      closing.push(closed.then(note));
      onRequest(request);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await machine.remove();
  });

  beforeEach(async () => {
    arrived.splice(0);
    onRequest = () => undefined;
    await writeFile(join(machine.work, "big.bin"), Buffer.alloc(size, "0123456789abcdef!"));
  });

  const signed = "# @profile canary\n# @auth iam\n# @region us-east-1\n# @service execute-api\n";
  const sha256 = (...parts: readonly (string | Buffer)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
  const file = () => Buffer.alloc(size, "0123456789abcdef!");

  async function send(directives: string, body: string, ...options: string[]) {
    await machine.write("work/a.awsreq", `${directives}POST ${url}\nContent-Type: text/plain\n\n${body}`);
    const { stdout, ...rest } = await machine.run(["send", "a.awsreq", "--json", ...options]);
    await Promise.all(closing.splice(0));
    return { ...rest, document: documentOf(stdout) };
  }

  for (const [who, directives] of [
    ["unsigned", "# @auth none\n"],
    ["signed", signed],
    ["with an unsigned payload", `${signed.replace("execute-api", "s3")}# @payload unsigned\n`],
  ] as const) {
    it(`is sent exactly, ${who}`, async () => {
      const { code, document } = await send(directives, "< ./big.bin\n");
      assert.equal(code, 0, JSON.stringify(document));
      const expected = sha256(file());
      assert.equal(document.requests[0]?.request?.bodyBytes, size);
      const [one] = arrived;
      assert.deepEqual([one?.sha256, one?.bytes, one?.complete], [expected, size, true]);
      if (who === "signed") assert.equal(one?.claimed, expected);
    });
  }

  it("is sent exactly between text and other files, several times the same", async () => {
    await machine.write("work/small.txt", "small");
    const { code, document } = await send(signed, "first\n< ./big.bin\n< ./small.txt\n< ./big.bin\nlast");
    assert.equal(code, 0, JSON.stringify(document));
    const parts = ["first\n", file(), "\n", "small", "\n", file(), "\n", "last"];
    assert.deepEqual([arrived[0]?.sha256, arrived[0]?.complete], [sha256(...parts), true]);
  });

  it("is explained by the hash of all of it", async () => {
    await machine.write("work/a.awsreq", `${signed}POST ${url}\n\n< ./big.bin\n`);
    const { code, stdout } = await machine.run(["explain", "a.awsreq", "--json"]);
    assert.equal(code, 0);
    assert.equal(documentOf(stdout).requests[0]?.signing?.payloadHash, sha256(file()));
  });

  const changes: readonly (readonly [string, (path: string) => Promise<unknown>])[] = [
    [
      "is rewritten in its last bytes",
      async (path) => {
        const handle = await open(path, "r+");
        await handle.write(Buffer.from("X"), 0, 1, size - 1);
        await handle.close();
      },
    ],
    ["becomes shorter", (path) => truncate(path, size - 100_000)],
    ["is emptied", (path) => truncate(path, 0)],
  ];
  for (const [what, change] of changes) {
    for (const directives of ["# @auth none\n", signed]) {
      const how = directives === signed ? "signed" : "unsigned";
      it(`fault 86: never arrives whole where the file ${what} while it is sent (${how})`, async () => {
        onRequest = (request) => {
          request.pause();
          void change(join(machine.work, "big.bin")).then(() => request.resume());
        };
        const { code, document } = await send(directives, "< ./big.bin\n");
        const [entry] = document.requests;
        assert.deepEqual([code, entry?.error?.code, entry?.error?.phase], [4, "E_BODY_CHANGED", "send"]);
        assert.match(entry?.error?.message ?? "", /big\.bin/);
        assert.equal(entry?.response, null);
        const [one] = arrived;
        assert.equal(one?.complete, false);
        assert.ok((one?.bytes ?? size) <= size - 64 * 1024);
      });
    }
  }

  it("fault 86: is as it was hashed where the file grows while it is sent", async () => {
    onRequest = (request) => {
      request.pause();
      void appendFile(join(machine.work, "big.bin"), "more").then(() => request.resume());
    };
    const { code } = await send(signed, "< ./big.bin\n");
    assert.deepEqual([code, arrived[0]?.sha256], [0, sha256(file())]);
  });

  it("fault 83: a refusal while it is being sent is shown", async () => {
    const refusing = createServer((request, response) => {
      request.on("error", () => undefined);
      response.writeHead(413, { Connection: "close" }).end("too much");
    }).listen(0, "127.0.0.1");
    await once(refusing, "listening");
    const { port } = refusing.address() as AddressInfo;
    await machine.write("work/a.awsreq", `# @auth none\nPUT http://127.0.0.1:${port}/\n\n< ./big.bin\n`);
    const { code, stdout } = await machine.run(["send", "a.awsreq"]);
    refusing.closeAllConnections();
    refusing.close();
    assert.deepEqual([code, stdout], [1, "too much"]);
  });

  it("fault 91: SIGINT while it is being sent ends with 130", async () => {
    await machine.write("work/a.awsreq", `${signed}PUT ${url}\n\n< ./big.bin\n`);
    const begun = new Promise<void>((resolve) => {
      onRequest = (request) => {
        request.pause();
        resolve();
      };
    });
    const child = machine.start(["send", "a.awsreq"]);
    const done = finished(child);
    await begun;
    child.kill("SIGINT");
    const { code, stderr } = await done;
    assert.equal(code, 130);
    assert.match(stderr, /E_CANCELLED/);
  });

  it("leaves no descriptor open, however many requests are made", async () => {
    const block = `### \n${signed}PUT ${url}\n\n< ./big.bin\n\n`;
    await machine.write("work/a.awsreq", block.repeat(5));
    const descriptors: number[] = [];
    let child: ReturnType<Machine["start"]> | null = null;
    onRequest = () => {
      if (process.platform === "linux") descriptors.push(readdirSync(`/proc/${child?.pid}/fd`).length);
    };
    child = machine.start(["send", "a.awsreq", "--all"]);
    const { code } = await finished(child);
    assert.deepEqual([code, arrived.length], [0, 5]);
    assert.ok(new Set(descriptors).size <= 1, descriptors.join());
  });
});
