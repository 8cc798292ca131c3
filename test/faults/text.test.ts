import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { answeredWith } from "./answered.ts";
import { type FaultWorld, faultCases, run, type Scenario } from "./matrix.ts";

const words = "The quick brown fox jumps over the lazy dog. ".repeat(20);
const body = (text: string) => ({ kept: { status: 200, body: text, complete: true } });
const encoded = (coding: string, bytes: Uint8Array, more: Partial<Scenario> = body(words)) =>
  answeredWith([`Content-Encoding: ${coding}`], bytes, more);
const [half, rest] = [words.slice(0, 400), words.slice(400)];

faultCases(65, {
  "one member": () => encoded("gzip", zlib.gzipSync(words)),
  "two members": () => encoded("gzip", Buffer.concat([zlib.gzipSync(half), zlib.gzipSync(rest)])),
  "no bytes at all": () => encoded("gzip", new Uint8Array(), body("")),
});

const damaged = { kept: { status: 200, complete: false } };
const cutBy = (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 12);
const withWrongSum = (bytes: Buffer) => {
  bytes[bytes.length - 8] = (bytes[bytes.length - 8] ?? 0) ^ 0xff;
  return bytes;
};

faultCases(66, {
  "gzip that is cut": () => encoded("gzip", cutBy(zlib.gzipSync(words)), damaged),
  "gzip with a wrong checksum": () => encoded("gzip", withWrongSum(zlib.gzipSync(words)), damaged),
  "gzip with garbage behind it": () =>
    encoded("gzip", Buffer.concat([zlib.gzipSync(words), Buffer.from("garbage!")]), {
      kept: { status: 200, body: words, complete: false },
    }),
  "not gzip at all": () =>
    encoded("gzip", Buffer.from("plain"), { kept: { status: 200, body: "plain", complete: false } }),
  "deflate that is cut": () => encoded("deflate", cutBy(zlib.deflateSync(words)), damaged),
  "brotli that is cut": () => encoded("br", cutBy(zlib.brotliCompressSync(words)), damaged),
});

faultCases(67, {
  "with zlib's header": () => encoded("deflate", zlib.deflateSync(words)),
  "without it": () => encoded("deflate", zlib.deflateRawSync(words)),
});

faultCases(68, {
  brotli: () => encoded("br", zlib.brotliCompressSync(words)),
  zstd: () => encoded("zstd", Buffer.from("(\xb5/\xfd", "latin1"), { kept: { status: 200 } }),
  "an unknown coding": () => encoded("compress", Buffer.from("raw"), { kept: { status: 200, body: "raw" } }),
});

faultCases(69, {
  "aws-chunked, identity, none": () => encoded("aws-chunked, identity, none", Buffer.from(words)),
  GZIP: () => encoded("GZIP", zlib.gzipSync(words)),
  "x-gzip": () => encoded("x-gzip", zlib.gzipSync(words)),
});

const zeros = Buffer.alloc(4 * 1024 * 1024);
const bomb = (coding: string, bytes: Uint8Array) =>
  encoded(coding, bytes, {
    limits: { decodedBody: 100_000 },
    kept: { status: 200, complete: false },
    also: ({ document }) => assert.ok((document.requests[0]?.response?.bodyBytes ?? 0) <= 100_000),
  });

faultCases(70, {
  "one layer of gzip": () => bomb("gzip", zlib.gzipSync(zeros)),
  "two layers": () => bomb("gzip, gzip", zlib.gzipSync(zlib.gzipSync(zeros))),
  brotli: () => bomb("br", zlib.brotliCompressSync(zeros)),
  "larger as it comes": () =>
    answeredWith([], "x".repeat(2000), {
      limits: { receivedBody: 1000 },
      kept: { status: 200, body: "x".repeat(1000), complete: false },
    }),
});

faultCases(71, {
  "six times gzip": () => encoded("gzip, gzip, gzip, gzip, gzip, gzip", Buffer.from("x"), damaged),
});

/** On a terminal it is readable; into a file goes what came. */
async function inCharset(
  world: FaultWorld,
  type: string,
  bytes: Uint8Array,
  text: string | null,
): Promise<Scenario> {
  const scenario = await answeredWith([`Content-Type: ${type}`], bytes, { terminal: true });
  return {
    ...scenario,
    also: async ({ document }) => {
      if (text !== null) assert.equal(document.requests[0]?.response?.body, text);
      await run(world, ["send", "case.awsreq", "--output", join(world.work, "kept.bin")], scenario);
      assert.deepEqual(await readFile(join(world.work, "kept.bin")), Buffer.from(bytes));
    },
  };
}

const latin1 = (text: string) => Buffer.from(text, "latin1");
const wide = (text: string) => Buffer.from(text, "utf16le");

faultCases(72, {
  "UTF-8 with a byte order mark": (world) => inCharset(world, "text/plain", Buffer.from("\ufeffé"), null),
  "UTF-16LE": (world) => inCharset(world, "text/plain; charset=utf-16le", wide("é1"), "é1"),
  "UTF-16BE": (world) => inCharset(world, "text/plain; charset=utf-16be", wide("é1").swap16(), "é1"),
  "Latin-1": (world) => inCharset(world, "text/plain; charset=iso-8859-1", latin1("caf\xe9"), "café"),
  "Shift JIS": (world) =>
    inCharset(world, "text/plain; charset=shift_jis", latin1("\x93\xfa\x96\x7b"), "日本"),
  "an unknown charset": (world) =>
    inCharset(world, "text/plain; charset=klingon", latin1("\xff\xfeA\xe9"), null),
  "invalid UTF-8": (world) => inCharset(world, "text/plain", latin1("caf\xe9 is here"), null),
  "half a surrogate pair": (world) =>
    inCharset(
      world,
      "text/plain; charset=utf-16le",
      Buffer.concat([wide("ab"), Buffer.from([0x00, 0xd8])]),
      null,
    ),
  "NUL bytes": (world) => inCharset(world, "text/plain", Buffer.from("a\0b"), "a\0b"),
});

const typed = (type: string, text: string | Uint8Array, also?: Scenario["also"]) =>
  answeredWith([`Content-Type: ${type}`], text, { terminal: true, ...(also === undefined ? {} : { also }) });
/** Parsed by us or not, the document for programs has the very text. */
const json = (text: string) =>
  typed("application/json", text, ({ document }) => assert.equal(document.requests[0]?.response?.body, text));

faultCases(73, {
  "large integers and 1e400": () => json('{"n":12345678901234567890,"e":1e400}'),
  "keys that come twice": () => json('{"a":1,"a":2}'),
  "the key __proto__": () => json('{"__proto__":1}'),
  "10 000 levels": () => json(`${"[".repeat(10_000)}${"]".repeat(10_000)}`),
  "more than 1 MB": () => json(`[${"0,".repeat(510_000)}0]`),
  NDJSON: () => json('{"a":1}\n{"a":2}\n'),
  "a comma too many": () => json("[1,]"),
  empty: () => json(""),
});

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, at) => `<!ENTITY b${at} "${at === 0 ? "&a;&a;" : `&b${at - 1};&b${at - 1};`}">`).join("")}]>`;
const denied =
  "User: arn:aws:iam::111122223333:user/me is not authorized to perform: s3:GetObject on resource: x because no identity-based policy allows the s3:GetObject action";
const refusal = (before: string, message: string) =>
  answeredWith(
    ["Content-Type: application/xml"],
    `${before}<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
    { terminal: true },
    "403 Forbidden",
  );

faultCases(74, {
  "entities in entities": () => refusal(laughs, `${denied} &b19;`),
  "an external entity": () => refusal('<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>', "&xxe;"),
  CDATA: () => refusal("", `<![CDATA[${denied}]]>`),
  "more than 4 MB in a line": () => typed("application/xml", `<a>${"<b/>".repeat(1_050_000)}</a>`),
});

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from("\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89", "latin1"),
]);

faultCases(75, {
  "bytes that are called text": () =>
    typed("text/plain", Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 151) & 255))),
  "text that is called octet-stream": () => typed("application/octet-stream", "hello"),
  "a PNG that is called HTML": () => typed("text/html", png),
  "HTML that is called a PNG": () => typed("image/png", "<b>hello</b>"),
});

faultCases(76, {
  "scripts, refreshes, pictures and forms": () =>
    typed(
      "text/html",
      '<html><head><meta http-equiv=refresh content="0;url=http://127.0.0.1:1/"><base href=http://127.0.0.1:1/></head><body><script>fetch("http://127.0.0.1:1/")</script><img src=http://127.0.0.1:1/><form action=http://127.0.0.1:1/></form><script>{"a":"</script>"}</script></body></html>',
    ),
});
