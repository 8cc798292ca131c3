import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import * as zlib from "node:zlib";
import fc from "fast-check";
import { createBodyStore } from "../../src/transport/bodyStore.ts";
import { contentCodings, decodeBody } from "../../src/transport/decode.ts";
import { optionsWith, sendTo, storageDirectory, summary, textOf } from "./sending.ts";
import { answering, closeServers } from "./servers.ts";

const place = { memory: 64 * 1024, directory: storageDirectory };
const limits = { decodedBody: 1024 * 1024, encodings: 5 };
const never = new AbortController().signal;
const text = "The quick brown fox jumps over the lazy dog. ".repeat(20);
const random = Buffer.concat(
  Array.from({ length: 100 }, (_, at) => createHash("sha256").update(String(at)).digest()),
).toString("hex");

async function decoded(bytes: Uint8Array, codings: readonly string[], allowed = limits) {
  const store = createBodyStore(place);
  await store.append(bytes);
  await store.seal();
  const { body, encodedBody, warnings } = await decodeBody(store, codings, allowed, place, never);
  return { body: await textOf(body), encoded: encodedBody === store, warnings };
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
      assert.deepEqual(await decoded(bytes, codings), { body: text, encoded: true, warnings: [] });
    });
  }

  it("fault 65: an empty body with a gzip label is empty", async () => {
    assert.deepEqual(await decoded(Buffer.alloc(0), ["gzip"]), { body: "", encoded: false, warnings: [] });
  });

  it("fault 66: gzip that is cut: what can be decoded, and a warning", async () => {
    const whole = zlib.gzipSync(random);
    const { body, encoded, warnings } = await decoded(whole.subarray(0, whole.length - 100), ["gzip"]);
    assert.ok(body !== null && body.length > 0 && random.startsWith(body));
    assert.equal(encoded, true);
    assert.match(
      warnings[0] ?? "",
      /^The body is labelled gzip but is damaged or cut; it is shown up to there/,
    );
  });

  it("fault 66: a bad CRC: everything before it, and a warning", async () => {
    const bytes = zlib.gzipSync(text);
    bytes.writeUInt32LE(0, bytes.length - 8);
    assert.deepEqual(await decoded(bytes, ["gzip"]), {
      body: text,
      encoded: true,
      warnings: [
        `The body is labelled gzip but is damaged or cut; it is shown up to there (${text.length} bytes).`,
      ],
    });
  });

  it("fault 66: damage in the middle: everything before it", async () => {
    const bytes = zlib.gzipSync(random);
    bytes.fill(0xff, bytes.length - 60, bytes.length - 40);
    const { body } = await decoded(bytes, ["gzip"]);
    assert.ok(body !== null && body.length > 1000);
    assert.ok(random.startsWith(body.slice(0, 1000)));
  });

  for (const [coding, bytes] of [
    ["gzip", zlib.gzipSync(text)],
    ["deflate", zlib.deflateSync(text)],
    ["br", zlib.brotliCompressSync(text)],
  ] as const) {
    it(`fault 66: garbage after ${coding}: the data, and a warning`, async () => {
      const { body, warnings } = await decoded(Buffer.concat([bytes, Buffer.from("garbage!")]), [coding]);
      assert.equal(body, text);
      assert.equal(warnings.length, 1, String(warnings));
    });
  }

  it("fault 66: not gzip at all: the bytes as received", async () => {
    assert.deepEqual(await decoded(Buffer.from("plain"), ["gzip"]), {
      body: "plain",
      encoded: false,
      warnings: ["The body is labelled gzip but is not gzip; it is shown as received."],
    });
  });

  it("fault 68: a coding that is not known: the bytes as received", async () => {
    assert.deepEqual(await decoded(Buffer.from("x"), ["compress"]), {
      body: "x",
      encoded: false,
      warnings: ['The content encoding "compress" is not known here; the body is shown still encoded.'],
    });
  });

  it("fault 68: a known coding over one that is not known", async () => {
    const { body, encoded, warnings } = await decoded(zlib.gzipSync("x"), ["compress", "gzip"]);
    assert.deepEqual([body, encoded, warnings.length], ["x", true, 1]);
  });

  it("fault 70: a bomb of 50 MB in two layers stops at the limit", async () => {
    const bomb = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(50 * 1024 * 1024)));
    assert.ok(bomb.length < 1000);
    const before = process.memoryUsage().rss;
    const store = createBodyStore(place);
    await store.append(bomb);
    const { body, warnings } = await decodeBody(store, ["gzip", "gzip"], limits, place, never);
    assert.equal(body.size, limits.decodedBody);
    assert.deepEqual(warnings, [
      "The body is larger than the limit of 1 MB (decodedBody) once its gzip encoding is undone; it is shown up to there.",
    ]);
    assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024);
    await body.dispose();
  });

  it("fault 70: a brotli bomb stops at the limit", async () => {
    const bomb = zlib.brotliCompressSync(Buffer.alloc(50 * 1024 * 1024), {
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 },
    });
    const store = createBodyStore(place);
    await store.append(bomb);
    const { body } = await decodeBody(store, ["br"], limits, place, never);
    assert.equal(body.size, limits.decodedBody);
    await body.dispose();
  });

  it("fault 71: six codings are refused by name", async () => {
    assert.deepEqual(await decoded(Buffer.from("x"), Array(6).fill("gzip")), {
      body: "x",
      encoded: false,
      warnings: [
        "The body has 6 content encodings; the limit (encodings) is 5, so it is shown still encoded.",
      ],
    });
  });

  it("stops when it is told to", async () => {
    const store = createBodyStore(place);
    await store.append(zlib.gzipSync(text));
    const { warnings } = await decodeBody(store, ["gzip"], limits, place, AbortSignal.abort());
    assert.deepEqual(warnings, ["Decoding of the gzip body was stopped; it is shown up to there."]);
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
          const { body, warnings } = await decodeBody(store, codings, limits, place, never);
          assert.deepEqual([Buffer.from(await body.slice(0, body.size)), warnings], [Buffer.from(bytes), []]);
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

describe("contentCodings", () => {
  it("fault 69: knows names in any case, in one field or several, and those that change nothing", () => {
    const codings = contentCodings([
      ["Content-Encoding", "GZIP, aws-chunked"],
      ["content-encoding", " identity ,, X-Gzip"],
      ["Content-Type", "none"],
      ["CONTENT-ENCODING", "none"],
    ]);
    assert.deepEqual(codings, ["gzip", "x-gzip"]);
  });
});

describe("an encoded response", () => {
  afterEach(closeServers);

  const response = (bytes: Uint8Array, coding: string, length = bytes.length) =>
    Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${length}\r\n\r\n`),
      bytes,
    ]);

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
