import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { bodyPieces } from "../../src/transport/bodyPieces.ts";
import { clearBodyStorage, createBodyStore } from "../../src/transport/bodyStore.ts";
import { optionsWith, sendTo, textOf } from "./sending.ts";
import { answering, closeServers } from "./servers.ts";

describe("a body store", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "awsreq-store-"));
  });
  afterEach(async () => {
    rmSync(root, { recursive: true, force: true });
    await closeServers();
  });

  const bytes = (text: string) => new Uint8Array(Buffer.from(text));

  it("stays in memory up to its limit", async () => {
    const directory = join(root, "bodies");
    const store = createBodyStore({ memory: 6, directory });
    await store.append(bytes("abc"));
    await store.append(bytes("def"));
    assert.deepEqual([store.size, await store.slice(1, 4), existsSync(directory)], [6, bytes("bcd"), false]);
  });

  it("goes on in a file that only its owner may read, readable while it grows", async () => {
    const directory = join(root, "deep", "bodies");
    const store = createBodyStore({ memory: 4, directory });
    await store.append(bytes("abc"));
    await store.append(bytes("def"));
    assert.deepEqual(await store.slice(2, 5), bytes("cde"));
    await store.append(bytes("ghi"));
    await store.seal();
    assert.deepEqual([store.size, await store.slice(0, 99)], [9, bytes("abcdefghi")]);
    const [name = ""] = readdirSync(directory);
    assert.deepEqual(
      [statSync(directory).mode & 0o777, statSync(join(directory, name)).mode & 0o777],
      [0o700, 0o600],
    );
    await store.dispose();
    assert.deepEqual([readdirSync(directory), store.size], [[], 0]);
    await store.dispose();
  });

  it("clips a slice to what is there", async () => {
    const store = createBodyStore({ memory: 10, directory: root });
    await store.append(bytes("abc"));
    assert.deepEqual(
      [await store.slice(-5, 2), await store.slice(2, 99), await store.slice(5, 9), await store.slice(2, 1)],
      [bytes("ab"), bytes("c"), bytes(""), bytes("")],
    );
  });

  it("comes in pieces, wherever it lies", async () => {
    for (const memory of [10, 0]) {
      const store = createBodyStore({ memory, directory: root });
      await store.append(bytes("abcdefg"));
      const pieces: Uint8Array[] = [];
      for await (const piece of bodyPieces(store, 3)) pieces.push(piece);
      assert.deepEqual(pieces, [bytes("abc"), bytes("def"), bytes("g")]);
      await store.dispose();
    }
  });

  it("takes nothing once it is sealed, so that no second file is made", async () => {
    const store = createBodyStore({ memory: 2, directory: root });
    await store.append(bytes("abc"));
    await store.seal();
    await assert.rejects(store.append(bytes("d")));
    assert.equal(readdirSync(root).length, 1);
    await store.dispose();
  });

  it("gives copies", async () => {
    const store = createBodyStore({ memory: 10, directory: root });
    await store.append(bytes("abc"));
    (await store.slice(0, 3)).fill(0);
    assert.deepEqual(await store.slice(0, 3), bytes("abc"));
  });

  it("gives its file away, which stays and is read from there", async () => {
    const store = createBodyStore({ memory: 2, directory: join(root, "bodies") });
    const path = join(root, "moved");
    await store.append(Buffer.from("abc"));
    assert.equal(await store.moveTo?.(path), false);
    await store.seal();
    assert.equal(await store.moveTo?.(path), true);
    assert.equal(await textOf(store), "abc");
    await store.dispose();
    assert.equal(readFileSync(path, "utf8"), "abc");
    const small = createBodyStore({ memory: 9, directory: join(root, "bodies") });
    await small.append(Buffer.from("abc"));
    await small.seal();
    assert.equal(await small.moveTo?.(path), false);
  });

  it("holds any sequence of appends, wherever it lies", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }),
        fc.nat(200),
        async (parts, memory) => {
          const store = createBodyStore({ memory, directory: root });
          for (const part of parts) await store.append(part);
          const whole = Buffer.concat(parts);
          assert.deepEqual(Buffer.from(await store.slice(0, whole.length)), whole);
          await store.dispose();
        },
      ),
      { numRuns: 40 },
    );
  });

  it("clearBodyStorage removes what was left behind and nothing else", async () => {
    const store = createBodyStore({ memory: 0, directory: root });
    await store.append(bytes("abc"));
    await store.seal();
    writeFileSync(join(root, "other.txt"), "mine");
    await clearBodyStorage(root);
    assert.deepEqual(readdirSync(root), ["other.txt"]);
    await clearBodyStorage(join(root, "missing"));
  });

  it("that cannot be written ends the exchange with an error, the head kept", async () => {
    const file = join(root, "file");
    writeFileSync(file, "");
    const server = await answering(`HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${"x".repeat(100)}`);
    const { exchange } = await sendTo(
      `http://127.0.0.1:${server.port}/`,
      {},
      optionsWith({ memoryBody: 10 }, { storageDirectory: join(file, "bodies") }),
    );
    assert.deepEqual(exchange.error, {
      code: "E_BODY_STORAGE",
      phase: "body",
      message: `The response body could not be written to ${join(file, "bodies")} (ENOTDIR).`,
      hint: "Check that the directory can be written to and has room. What was stored before is kept.",
    });
    assert.deepEqual([exchange.response?.status, exchange.response?.complete], [200, false]);
  });

  it("that cannot be written for the decoded body is an error, with the body kept encoded", async () => {
    const file = join(root, "file");
    writeFileSync(file, "");
    const encoded = gzipSync(Buffer.alloc(5000));
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${encoded.length}\r\n\r\n`;
    const server = await answering(Buffer.concat([Buffer.from(head), encoded]));
    const { exchange } = await sendTo(
      `http://127.0.0.1:${server.port}/`,
      {},
      optionsWith({ memoryBody: 1000 }, { storageDirectory: join(file, "bodies") }),
    );
    const { response, error } = exchange;
    assert.deepEqual(
      [error?.code, error?.message, response?.body.size, response?.encodedBody, response?.complete],
      [
        "E_BODY_STORAGE",
        `The decoded body could not be written to ${join(file, "bodies")} (ENOTDIR).`,
        encoded.length,
        null,
        false,
      ],
    );
  });
});
