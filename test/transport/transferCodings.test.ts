import assert from "node:assert/strict";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { sendTo, summary } from "./sending.ts";
import { answering, closeServers } from "./servers.ts";

describe("transfer codings", () => {
  afterEach(closeServers);

  const chunked = (codings: string, bytes: Uint8Array, fields = "") =>
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: ${codings}\r\n${fields}\r\n${bytes.length.toString(16)}\r\n`,
      ),
      bytes,
      Buffer.from("\r\n0\r\nX-Sum: 1\r\n\r\n"),
    ]);
  const under: readonly (readonly [codings: string, bytes: Uint8Array, fields?: string])[] = [
    ["gzip, chunked", gzipSync("body")],
    ["X-GZIP , chunked", gzipSync("body")],
    ["deflate,chunked", deflateSync("body")],
    ["deflate, gzip, chunked", gzipSync(deflateSync("body"))],
    ["gzip\r\nTransfer-Encoding: chunked", gzipSync("body")],
    ["gzip, chunked", gzipSync(brotliCompressSync("body")), "Content-Encoding: br\r\n"],
  ];
  for (const [codings, bytes, fields] of under) {
    it(`fault 57: the transfer codings ${JSON.stringify(codings)} are undone`, async () => {
      const server = await answering(chunked(codings, bytes, fields));
      const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
      assert.deepEqual(await summary(sent), {
        error: null,
        status: 200,
        body: "body",
        complete: true,
        warnings: [],
      });
      assert.equal(sent.exchange.response?.encodedBody?.size, bytes.length);
      assert.deepEqual(sent.exchange.response?.trailers, [["X-Sum", "1"]]);
    });
  }

  for (const codings of ["gzip, chunked", "compress, chunked", "chunked, chunked"]) {
    it(`fault 57: the transfer codings ${codings} that cannot be undone are an error`, async () => {
      const server = await answering(chunked(codings, Buffer.from("abc")));
      const { error, body, complete } = await summary(await sendTo(`http://127.0.0.1:${server.port}/`));
      assert.deepEqual(
        { error, body, complete },
        { error: { code: "E_BODY_ENCODING", phase: "body" }, body: "abc", complete: false },
      );
    });
  }

  it("fault 57: a transfer coding without chunked ends where the connection does", async () => {
    const head = Buffer.from("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n");
    const server = await answering(Buffer.concat([head, gzipSync("body")]), (socket) => socket.end());
    const { error, body, complete } = await summary(await sendTo(`http://127.0.0.1:${server.port}/`));
    assert.deepEqual({ error, body, complete }, { error: null, body: "body", complete: true });
  });
});
