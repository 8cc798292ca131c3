import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import * as zlib from "node:zlib";
import fc from "fast-check";
import { createBodyStore } from "../../src/transport/bodyStore.ts";
import { type Coding, codingsOf, decodeBody } from "../../src/transport/decode.ts";
import { send } from "../../src/transport/send.ts";
import { optionsWith, requestFor, sendTo, storageDirectory, summary, textOf } from "./sending.ts";
import { answering, closeServers } from "./servers.ts";

const place = { memory: 64 * 1024, directory: storageDirectory };
const limits = { decodedBody: 1024 * 1024, encodings: 5 };
const never = new AbortController().signal;
const text = "The quick brown fox jumps over the lazy dog. ".repeat(20);
const random = Buffer.concat(
  Array.from({ length: 100 }, (_, at) => createHash("sha256").update(String(at)).digest()),
).toString("hex");

const content = (names: readonly string[]) => names.map((name): Coding => ({ name, layer: "content" }));

async function decoded(bytes: Uint8Array, names: readonly string[], allowed = limits) {
  const store = createBodyStore(place);
  await store.append(bytes);
  await store.seal();
  const { body, encodedBody, fault, warnings } = await decodeBody(
    store,
    content(names),
    allowed,
    place,
    never,
  );
  assert.ok(fault === null || fault.code === "E_BODY_ENCODING");
  const says = fault === null ? null : fault.message;
  return { body: await textOf(body), encoded: encodedBody === store, fault: says, warnings };
}

describe("decodeBody", () => {
  const good: readonly (readonly [title: string, bytes: Uint8Array, codings: readonly string[]])[] = [
    ["fault 65: gzip", zlib.gzipSync(text), ["gzip"]],
    [
      "fault 65: gzip of two members",
      Buffer.concat([zlib.gzipSync(text.slice(0, 99)), zlib.gzipSync(text.slice(99))]),
      ["gzip"],
    ],
    ["fault 69: x-gzip", zlib.gzipSync(text), ["x-gzip"]],
    ["fault 67: deflate with a zlib header", zlib.deflateSync(text), ["deflate"]],
    ["fault 67: deflate without", zlib.deflateRawSync(text), ["deflate"]],
    ["fault 68: br", zlib.brotliCompressSync(text), ["br"]],
    ["two codings", zlib.brotliCompressSync(zlib.gzipSync(text)), ["gzip", "br"]],
  ];
  for (const [title, bytes, codings] of good) {
    it(title, async () => {
      assert.deepEqual(await decoded(bytes, codings), {
        body: text,
        encoded: true,
        fault: null,
        warnings: [],
      });
    });
  }

  it("fault 65: an empty body with a gzip label is empty", async () => {
    assert.deepEqual(await decoded(Buffer.alloc(0), ["gzip"]), {
      body: "",
      encoded: false,
      fault: null,
      warnings: [],
    });
  });

  it("fault 66: damage in the middle: everything before it", async () => {
    const bytes = zlib.gzipSync(random);
    bytes.fill(0xff, bytes.length - 60, bytes.length - 40);
    const { body } = await decoded(bytes, ["gzip"]);
    assert.ok(body !== null && body.length > 1000);
    assert.ok(random.startsWith(body.slice(0, 1000)));
  });

  it("fault 66: not gzip at all: the bytes as received", async () => {
    assert.deepEqual(await decoded(Buffer.from("plain"), ["gzip"]), {
      body: "plain",
      encoded: false,
      fault: "The body is labelled gzip but is not gzip; it is kept as received.",
      warnings: [],
    });
  });

  it("fault 68: a coding that is not known: the bytes as received", async () => {
    assert.deepEqual(await decoded(Buffer.from("x"), ["compress"]), {
      body: "x",
      encoded: false,
      fault: null,
      warnings: ['The content encoding "compress" is not known here; the body is kept still encoded.'],
    });
  });

  it("fault 68: a known coding over one that is not known", async () => {
    const { body, encoded, fault, warnings } = await decoded(zlib.gzipSync("x"), ["compress", "gzip"]);
    assert.deepEqual([body, encoded, fault, warnings.length], ["x", true, null, 1]);
  });

  it("fault 70: a bomb of 50 MB in two layers stops at the limit", async () => {
    const bomb = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(50 * 1024 * 1024)));
    assert.ok(bomb.length < 1000);
    const before = process.memoryUsage().rss;
    const store = createBodyStore(place);
    await store.append(bomb);
    const { body, fault } = await decodeBody(store, content(["gzip", "gzip"]), limits, place, never);
    assert.equal(body.size, limits.decodedBody);
    assert.deepEqual(
      [fault?.code, fault?.message],
      [
        "E_BODY_TOO_LARGE",
        "The body is larger than the limit of 1 MB (decodedBody) once its encoding is undone; what comes before is kept.",
      ],
    );
    assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024);
    await body.dispose();
  });

  it("fault 70: a brotli bomb stops at the limit", async () => {
    const bomb = zlib.brotliCompressSync(Buffer.alloc(50 * 1024 * 1024), {
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 },
    });
    const store = createBodyStore(place);
    await store.append(bomb);
    const { body } = await decodeBody(store, content(["br"]), limits, place, never);
    assert.equal(body.size, limits.decodedBody);
    await body.dispose();
  });

  it("fault 71: six codings are refused by name", async () => {
    assert.deepEqual(await decoded(Buffer.from("x"), Array(6).fill("gzip")), {
      body: "x",
      encoded: false,
      fault: "The body has 6 encodings; the limit (encodings) is 5, so it is kept still encoded.",
      warnings: [],
    });
  });

  it("stops when it is told to", async () => {
    const store = createBodyStore(place);
    await store.append(zlib.gzipSync(text));
    const stopped = await decodeBody(store, content(["gzip"]), limits, place, AbortSignal.abort());
    assert.deepEqual(stopped.warnings, ["Decoding of the gzip body was stopped; it is kept up to there."]);
  });

  it("gives back what was encoded, whatever it was", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 40_000 }),
        fc.array(fc.constantFrom("gzip", "deflate", "br"), { maxLength: 3 }),
        async (bytes, codings) => {
          const encode = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync };
          const store = createBodyStore(place);
          await store.append(codings.reduce<Uint8Array>((under, coding) => encode[coding](under), bytes));
          const { body, fault, warnings } = await decodeBody(store, content(codings), limits, place, never);
          assert.deepEqual(
            [Buffer.from(await body.slice(0, body.size)), fault, warnings],
            [Buffer.from(bytes), null, []],
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it("never throws and never hangs on damaged data", async () => {
    const whole = zlib.gzipSync(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (at, byte, end) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const { body } = await decoded(bytes.subarray(0, end), ["gzip"]);
        assert.notEqual(body, null);
      }),
      { numRuns: 30 },
    );
  });
});

describe("codingsOf", () => {
  it("fault 69: knows names in any case, in one field or several, and those that change nothing", () => {
    const codings = codingsOf([
      ["Content-Encoding", "GZIP, aws-chunked"],
      ["content-encoding", " identity ,, X-Gzip"],
      ["Content-Type", "none"],
      ["CONTENT-ENCODING", "none"],
    ]);
    assert.deepEqual(codings, content(["gzip", "x-gzip"]));
  });

  it("fault 57: puts what the message is encoded with above what the resource is", () => {
    const codings = codingsOf([
      ["Transfer-Encoding", "Deflate"],
      ["Content-Encoding", "gzip"],
      ["transfer-encoding", "identity, chunked"],
    ]);
    assert.deepEqual(codings, [
      { name: "gzip", layer: "content" },
      { name: "deflate", layer: "transfer" },
    ]);
  });
});

describe("an encoded response", () => {
  afterEach(closeServers);

  const response = (bytes: Uint8Array, coding: string, length = bytes.length) =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${length}\r\n\r\n`),
      bytes,
    ]);

  it("fault 66: that is damaged is an error, not complete, with both bodies kept", async () => {
    const bytes = zlib.gzipSync(text);
    bytes.writeUInt32LE(0, bytes.length - 8);
    const server = await answering(response(bytes, "gzip"));
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(await summary(sent), {
      error: { code: "E_BODY_ENCODING", phase: "body" },
      status: 200,
      body: text,
      complete: false,
      warnings: [],
    });
    assert.equal(sent.exchange.response?.encodedBody?.size, bytes.length);
    assert.deepEqual(sent.events.at(-1), { type: "end", complete: false });
  });

  it("that is larger than its limit once decoded is an error, not a cut success", async () => {
    const server = await answering(response(zlib.gzipSync(Buffer.alloc(200_000)), "gzip"));
    const url = `http://127.0.0.1:${server.port}/`;
    const { exchange } = await sendTo(url, {}, optionsWith({ decodedBody: 65_536 }));
    assert.deepEqual(
      [exchange.error?.code, exchange.response?.complete, exchange.response?.body.size],
      ["E_BODY_TOO_LARGE", false, 65_536],
    );
    const { exchange: whole } = await sendTo(url, {}, optionsWith({ decodedBody: null }));
    assert.deepEqual([whole.error, whole.response?.body.size], [null, 200_000]);
  });

  it("of which only a part was asked for is kept as it came", async () => {
    const part = zlib.gzipSync(random).subarray(100, 300);
    const head = `HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 100-299/2000\r\nContent-Encoding: gzip\r\nContent-Length: 200\r\n\r\n`;
    const server = await answering(Buffer.concat([Buffer.from(head), part]));
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(
      [
        exchange.error,
        exchange.response?.complete,
        exchange.response?.body.size,
        exchange.response?.warnings,
      ],
      [
        null,
        true,
        200,
        ["The answer is a part of an encoded body (206 with Content-Encoding): it is kept as received."],
      ],
    );
  });

  it("fault 91: whose decoding is cancelled is cancelled", async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const server = await answering(response(bomb, "gzip"));
    const controller = new AbortController();
    const options = optionsWith();
    const exchange = await send(
      requestFor(`http://127.0.0.1:${server.port}/`),
      options,
      controller.signal,
      (event) => {
        if (event.type === "chunk" && event.received === bomb.length) setImmediate(() => controller.abort());
      },
    );
    assert.equal(exchange.error?.code, "E_CANCELLED");
    assert.equal(exchange.response?.complete, false);
    await exchange.response?.body.dispose();
  });

  it("keeps the bytes as received besides the decoded ones", async () => {
    const bytes = zlib.gzipSync(text);
    const server = await answering(response(bytes, "GZip"));
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
    const { body, error, warnings } = await summary(sent);
    assert.deepEqual({ body, error, warnings }, { body: text, error: null, warnings: [] });
    const { encodedBody } = sent.exchange.response ?? {};
    assert.deepEqual(await encodedBody?.slice(0, bytes.length), new Uint8Array(bytes));
  });

  it("fault 46, 66: that is cut is decoded as far as it came", async () => {
    const bytes = zlib.gzipSync(random);
    const server = await answering(response(bytes.subarray(0, 2000), "gzip", bytes.length), (socket) =>
      socket.end(),
    );
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.equal(exchange.error?.code, "E_BODY_CUT");
    assert.ok((exchange.response?.body.size ?? 0) > 0);
    assert.equal(exchange.response?.encodedBody?.size, 2000);
  });

  it("fault 89: that stalls is decoded as far as it came", async () => {
    const bytes = zlib.gzipSync(random);
    const server = await answering(response(bytes.subarray(0, 2000), "gzip", bytes.length));
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({ idle: 50 }));
    assert.equal(exchange.error?.code, "E_IDLE_TIMEOUT");
    assert.ok((exchange.response?.body.size ?? 0) > 0);
  });

  it("goes into files when it is large, which are removed with it", async () => {
    const large = Buffer.alloc(300_000, "abc");
    const server = await answering(response(zlib.gzipSync(large), "gzip"));
    const { exchange } = await sendTo(
      `http://127.0.0.1:${server.port}/`,
      {},
      optionsWith({ memoryBody: 100 }),
    );
    const { body, encodedBody } = exchange.response ?? {};
    assert.deepEqual(Buffer.from((await body?.slice(0, 300_000)) ?? []), large);
    assert.ok(readdirSync(storageDirectory).length >= 2);
    await Promise.all([body?.dispose(), encodedBody?.dispose()]);
  });
});
