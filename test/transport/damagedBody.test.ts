import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as zlib from "node:zlib";
import { createBodyStore } from "../../src/transport/bodyStore.ts";
import { type Coding, decodeBody } from "../../src/transport/decode.ts";
import { storageDirectory, textOf } from "./sending.ts";

const place = { memory: 64 * 1024, directory: storageDirectory };
const text = "The quick brown fox jumps over the lazy dog. ".repeat(20);
const random = Buffer.concat(
  Array.from({ length: 100 }, (_, at) => createHash("sha256").update(String(at)).digest()),
).toString("hex");

/** Decodes, and tells what the fault says. */
async function decoded(bytes: Uint8Array, names: readonly string[]) {
  const store = createBodyStore(place);
  await store.append(bytes);
  await store.seal();
  const codings = names.map((name): Coding => ({ name, layer: "content" }));
  const limits = { decodedBody: 1024 * 1024, encodings: 5 };
  const { signal } = new AbortController();
  const { body, encodedBody, fault, warnings } = await decodeBody(store, codings, limits, place, signal);
  assert.ok(fault === null || fault.code === "E_BODY_ENCODING");
  const says = fault === null ? null : fault.message;
  return { body: await textOf(body), encoded: encodedBody === store, fault: says, warnings };
}

describe("decodeBody of damaged data", () => {
  const codings: readonly (readonly [name: string, encode: (bytes: string) => Buffer, title: string])[] = [
    ["gzip", zlib.gzipSync, "gzip"],
    ["x-gzip", zlib.gzipSync, "x-gzip"],
    ["deflate", zlib.deflateSync, "deflate with a zlib header"],
    ["deflate", zlib.deflateRawSync, "deflate without"],
    ["br", zlib.brotliCompressSync, "br"],
  ];
  for (const [name, encode, title] of codings) {
    it(`fault 66: ${title} that is cut: what can be decoded, and a fault`, async () => {
      const whole = encode(random);
      const { body, encoded, fault } = await decoded(whole.subarray(0, whole.length - 100), [name]);
      assert.ok(body !== null && body.length > 0 && random.startsWith(body));
      assert.equal(encoded, true);
      assert.equal(
        fault,
        `The body's ${name} data is cut short; the ${body.length} bytes before that are kept decoded.`,
      );
    });

    it(`fault 66: ${title} that is cut anywhere is a fault`, async () => {
      const whole = encode(text);
      for (let length = 1; length < whole.length; length += 1) {
        const { body, fault } = await decoded(whole.subarray(0, length), [name]);
        assert.notEqual(fault, null, `${length} of ${whole.length}`);
        assert.doesNotMatch(fault ?? "", /is not/, `${length} of ${whole.length}`);
        const isDecoded = body !== null && text.startsWith(body);
        assert.ok(isDecoded || /kept as received/.test(fault ?? ""), `${length} of ${whole.length}`);
      }
    });

    for (const [what, garbage] of [
      ["text", Buffer.from("garbage!")],
      ["one byte", Buffer.from("x")],
      ["zeros", Buffer.alloc(20)],
      ["the begin of gzip", Buffer.from([0x1f, 0x8b])],
      ["a second time that is cut", zlib.gzipSync(text).subarray(0, 20)],
    ] as const) {
      it(`fault 66: ${title} with ${what} behind it: the data, and a fault`, async () => {
        const { body, fault } = await decoded(Buffer.concat([encode(text), garbage]), [name]);
        assert.ok(body?.startsWith(text));
        assert.notEqual(fault, null);
      });
    }
  }

  it("fault 66: a short cut body says that it is cut, not that it is something else", async () => {
    const start = zlib.gzipSync(text).subarray(0, 10);
    assert.deepEqual(await decoded(start, ["gzip"]), {
      body: start.toString("utf8"),
      encoded: false,
      fault: "The body's gzip data is cut short before anything could be decoded; it is kept as received.",
      warnings: [],
    });
    assert.match((await decoded(Buffer.from([0x1f]), ["gzip"])).fault ?? "", /gzip data is cut short/);
    assert.match((await decoded(Buffer.from("x"), ["gzip"])).fault ?? "", /is not gzip/);
    assert.match((await decoded(Buffer.from("x"), ["br"])).fault ?? "", /, or is something else/);
  });

  it("fault 66: a bad CRC: everything before it, and a fault", async () => {
    const bytes = zlib.gzipSync(text);
    bytes.writeUInt32LE(0, bytes.length - 8);
    assert.deepEqual(await decoded(bytes, ["gzip"]), {
      body: text,
      encoded: true,
      fault: `The body's gzip data is damaged; the ${text.length} bytes before that are kept decoded.`,
      warnings: [],
    });
  });

  it("fault 66: a bad length of gzip, a bad checksum of zlib", async () => {
    const gzip = zlib.gzipSync(text);
    gzip.writeUInt32LE(1, gzip.length - 4);
    const deflate = zlib.deflateSync(text);
    deflate.writeUInt32LE(0, deflate.length - 4);
    for (const [bytes, name] of [
      [gzip, "gzip"],
      [deflate, "deflate"],
    ] as const) {
      const { body, fault } = await decoded(bytes, [name]);
      assert.equal(body, text);
      assert.match(fault ?? "", /is damaged/);
    }
  });

  it("fault 66: an inner coding that is cut under an outer one that is whole", async () => {
    const inner = zlib.gzipSync(random);
    const bytes = zlib.brotliCompressSync(inner.subarray(0, inner.length - 100));
    const { body, encoded, fault } = await decoded(bytes, ["gzip", "br"]);
    assert.ok(body !== null && body.length > 0 && random.startsWith(body));
    assert.equal(encoded, true);
    assert.match(fault ?? "", /gzip data is cut short/);
  });
});
