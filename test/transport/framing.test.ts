import assert from "node:assert/strict";
import { optionsWith, sendTo, summary } from "./sending.ts";
import { answering, closeServers } from "./servers.ts";

const lengthUnknown =
  "Length unknown: the server gave none, so the body ends where it closed the connection.";
const extraBytes = "The server sent extra bytes after the end of the body; they are left out.";

describe("the framing of a body", () => {
  afterEach(closeServers);

  it("fault 46: shorter than Content-Length: the part is kept and named cut", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", (socket) =>
      socket.end(),
    );
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(await summary(sent), {
      error: { code: "E_BODY_CUT", phase: "body" },
      status: 200,
      body: "abc",
      complete: false,
      warnings: [],
    });
    assert.equal(
      sent.exchange.error?.message,
      `Body cut: 3 of 100 bytes arrived before 127.0.0.1:${server.port} closed the connection.`,
    );
  });

  it("fault 47: longer than Content-Length: a success with a warning", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef");
    assert.deepEqual(await summary(await sendTo(`http://127.0.0.1:${server.port}/`)), {
      error: null,
      status: 200,
      body: "abc",
      complete: true,
      warnings: [extraBytes],
    });
  });

  it("fault 48: a reset in the body: the part is kept", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", (socket) =>
      setTimeout(() => socket.resetAndDestroy(), 20),
    );
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.equal((await summary(sent)).body, "abc");
    assert.match(
      sent.exchange.error?.message ?? "",
      /^Body cut: 3 of 100 bytes arrived before .* reset the connection\.$/,
    );
  });

  const malformedHeads: readonly (readonly [title: string, head: string, what: RegExp])[] = [
    ["fault 49: Content-Length: -1", "Content-Length: -1", /Content-Length is not a number/],
    ["fault 49: Content-Length: 5a", "Content-Length: 5a", /Content-Length is not a number/],
    [
      "fault 49: an overflowing Content-Length",
      "Content-Length: 99999999999999999999999",
      /Content-Length is not a number/,
    ],
    [
      "fault 50: two different Content-Length",
      "Content-Length: 3\r\nContent-Length: 4",
      /two Content-Length/,
    ],
    [
      "fault 51: two identical Content-Length",
      "Content-Length: 3\r\nContent-Length: 3",
      /two Content-Length/,
    ],
    [
      "fault 52: Transfer-Encoding beside Content-Length",
      "Transfer-Encoding: chunked\r\nContent-Length: 3",
      /Transfer-Encoding/,
    ],
  ];
  for (const [title, head, what] of malformedHeads) {
    it(`${title}: the server is said to be wrong`, async () => {
      const server = await answering(`HTTP/1.1 200 OK\r\n${head}\r\n\r\nabc`);
      const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
      assert.equal(exchange.error?.code, "E_RESPONSE_MALFORMED");
      assert.match(exchange.error?.message ?? "", what);
      assert.match(exchange.error?.hint ?? "", /The server is wrong/);
    });
  }

  it("fault 53: no length, closed by the server: a success, length unknown", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\n\r\nabc", (socket) => socket.end());
    assert.deepEqual(await summary(await sendTo(`http://127.0.0.1:${server.port}/`)), {
      error: null,
      status: 200,
      body: "abc",
      complete: true,
      warnings: [lengthUnknown],
    });
  });

  const chunkFaults: readonly (readonly [
    title: string,
    chunks: string,
    code: string,
    kept: string,
    message: RegExp,
  ])[] = [
    [
      "a bad size",
      "3\r\nabc\r\nzz\r\n",
      "E_BODY_MALFORMED",
      "abc",
      /size of a chunk is not a hexadecimal number/,
    ],
    ["a size that overflows", "3\r\nabc\r\nfffffffffffffffff\r\n", "E_BODY_MALFORMED", "abc", /chunk/i],
    ["a missing CR LF", "3\r\nabcXX3\r\nabc\r\n", "E_BODY_MALFORMED", "abc", /CR LF|chunk data/i],
    ["a cut before the last chunk", "3\r\nabc\r\n", "E_BODY_CUT", "abc", /3 bytes arrived, but not the end/],
    [
      "a cut in the trailer",
      "3\r\nabc\r\n0\r\nX-A: 1\r\n",
      "E_BODY_CUT",
      "abc",
      /3 bytes arrived, but not the end/,
    ],
  ];
  for (const [title, chunks, code, kept, message] of chunkFaults) {
    it(`fault 54: chunked with ${title}: the part is kept, the fault is named`, async () => {
      const server = await answering(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`,
        (socket) => socket.end(),
      );
      const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
      const { body, complete, error } = await summary(sent);
      assert.deepEqual(
        { body, complete, error },
        { body: kept, complete: false, error: { code, phase: "body" } },
      );
      assert.match(sent.exchange.error?.message ?? "", message);
    });
  }

  it("fault 55, 56: chunk extensions are ignored, trailers are shown", async () => {
    const server = await answering(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX-Sum: 1\r\n__proto__: 2\r\n\r\n",
    );
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.equal((await summary(sent)).body, "abc");
    assert.deepEqual(sent.exchange.response?.trailers, [
      ["X-Sum", "1"],
      ["__proto__", "2"],
    ]);
  });

  it("fault 58: 100 000 one-byte chunks", async () => {
    const server = await answering(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(100_000)}0\r\n\r\n`,
    );
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual([exchange.response?.body.size, exchange.error], [100_000, null]);
  });

  it("fault 60: 204 with a body: 204 with a warning", async () => {
    const server = await answering("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc");
    assert.deepEqual(await summary(await sendTo(`http://127.0.0.1:${server.port}/`)), {
      error: null,
      status: 204,
      body: "",
      complete: true,
      warnings: [extraBytes],
    });
  });

  it("fault 61: 304 with Content-Length: no body is waited for", async () => {
    const server = await answering("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n");
    const { error, status, body, complete } = await summary(await sendTo(`http://127.0.0.1:${server.port}/`));
    assert.deepEqual(
      { error, status, body, complete },
      { error: null, status: 304, body: "", complete: true },
    );
  });

  for (const [title, bytes, warnings] of [
    ["Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", []],
    ["a body that may not be", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", [extraBytes]],
    ["chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", []],
  ] as const) {
    it(`fault 62: HEAD with ${title} does not hang`, async () => {
      const server = await answering(bytes);
      assert.deepEqual(await summary(await sendTo(`http://127.0.0.1:${server.port}/`, { method: "HEAD" })), {
        error: null,
        status: 200,
        body: "",
        complete: true,
        warnings,
      });
    });
  }

  for (const status of [205, 206, 416]) {
    it(`fault 63: ${status} is shown`, async () => {
      const server = await answering(`HTTP/1.1 ${status} X\r\nContent-Length: 2\r\n\r\nab`);
      const { error, status: shown } = await summary(await sendTo(`http://127.0.0.1:${server.port}/`));
      assert.deepEqual({ error, shown }, { error: null, shown: status });
    });
  }

  it("fault 64: a 200 of no bytes", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(await summary(sent), {
      error: null,
      status: 200,
      body: "",
      complete: true,
      warnings: [],
    });
    assert.deepEqual(sent.events.at(-1), { type: "end", complete: true });
  });

  it("fault 77: a redirect is shown, not followed", async () => {
    const server = await answering(
      "HTTP/1.1 307 Temporary Redirect\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
    );
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.equal(exchange.response?.status, 307);
    assert.equal(server.received().split("HTTP/1.1").length, 2);
  });

  it("fault 89: idle in the body: a time-out, the part is kept", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({ idle: 50 }));
    assert.deepEqual(await summary(sent), {
      error: { code: "E_IDLE_TIMEOUT", phase: "body" },
      status: 200,
      body: "abc",
      complete: false,
      warnings: [],
    });
    assert.equal(
      sent.exchange.error?.message,
      `127.0.0.1:${server.port} sent no more of the body for 50 ms.`,
    );
  });

  it("fault 90: slow but steady is not idle", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n", (socket) => {
      let left = 8;
      const timer = setInterval(() => {
        socket.write("x");
        left -= 1;
        if (left === 0) clearInterval(timer);
      }, 20);
    });
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({ idle: 80 }));
    assert.deepEqual((await summary(sent)).body, "xxxxxxxx");
  });
});
