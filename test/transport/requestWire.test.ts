import assert from "node:assert/strict";
import { send } from "../../src/transport/send.ts";
import { optionsWith, requestFor, sendTo, summary } from "./sending.ts";
import { answering, closeServers, onHead, rawServer } from "./servers.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("the bytes of a request", () => {
  afterEach(closeServers);

  it("are the given head in order, case and number, and nothing but Connection: close besides", async () => {
    const server = await answering(ok);
    await sendTo(`http://127.0.0.1:${server.port}/a%2fb/../c//d?x=%20&y&x=1+2`, {
      headers: [
        ["X-b", "1"],
        ["accept", "*/*"],
        ["X-B", "2"],
        ["Authorization", "AWS4-HMAC-SHA256 Credential=x"],
        ["1", "integer-like"],
        ["x-b", "3"],
        ["__proto__", "4"],
      ],
    });
    assert.equal(
      server.received(),
      [
        "GET /a%2fb/../c//d?x=%20&y&x=1+2 HTTP/1.1",
        `Host: 127.0.0.1:${server.port}`,
        "X-b: 1",
        "accept: */*",
        "X-B: 2",
        "Authorization: AWS4-HMAC-SHA256 Credential=x",
        "1: integer-like",
        "x-b: 3",
        "__proto__: 4",
        "Connection: close",
        "",
        "",
      ].join("\r\n"),
    );
  });

  it("hold no second Connection when one is given", async () => {
    const server = await answering(ok);
    await sendTo(`http://127.0.0.1:${server.port}/`, { headers: [["connection", "keep-alive"]] });
    assert.equal(
      server.received(),
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\n\r\n`,
    );
  });

  it("hold header values as UTF-8", async () => {
    const server = await answering(ok);
    await sendTo(`http://127.0.0.1:${server.port}/`, { headers: [["X-N", "Zoë ✓"]] });
    assert.match(Buffer.from(server.received(), "latin1").toString("utf8"), /\r\nX-N: Zoë ✓\r\n/);
  });

  it("fault 87: hold the body byte for byte", async () => {
    const server = await answering(ok);
    const body = Buffer.from("\ufeff\0\r\n\r\n🙂\xff", "utf8");
    await sendTo(`http://127.0.0.1:${server.port}/`, { method: "POST", body });
    assert.equal(server.received().split("\r\n\r\n").slice(1).join("\r\n\r\n"), body.toString("latin1"));
  });

  for (const method of ["GET", "DELETE", "PURGE", "get", "Patch", "M-SEARCH", "OPTIONS"]) {
    it(`fault 88: ${method} with a body is sent as written`, async () => {
      const server = await answering(ok);
      const sent = await sendTo(`http://127.0.0.1:${server.port}/x`, {
        method,
        headers: [["X-A", "1"]],
        body: "abc",
      });
      assert.equal((await summary(sent)).body, "ok");
      assert.equal(
        server.received(),
        `${method} /x HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-A: 1\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc`,
      );
    });
  }

  it("are not chunked for a POST without a body and without a length", async () => {
    const server = await answering(ok);
    await sendTo(`http://127.0.0.1:${server.port}/`, {
      method: "POST",
      headers: [
        ["X-A", "1"],
        ["X-A", "2"],
      ],
    });
    assert.equal(
      server.received(),
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n`,
    );
  });

  it("are not sent when Node would have to change them", async () => {
    const server = await answering(ok);
    for (const headers of [[["X-A", "a\r\nb"]], [["bad name", "x"]]] as const) {
      const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, { headers });
      assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_REQUEST_INVALID", "send"]);
    }
    assert.equal(server.received(), "");
  });
});

describe("uploading", () => {
  afterEach(closeServers);
  const large = Buffer.alloc(5 * 1024 * 1024, "x");

  for (const [title, leave] of [
    ["an orderly close", "end"],
    ["a reset", "resetAndDestroy"],
  ] as const) {
    it(`fault 83: a 413 while 5 MB are being sent, then ${title}: the answer is shown`, async () => {
      const server = await rawServer((socket) => {
        socket.once("data", () => {
          socket.pause();
          socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig", () =>
            setTimeout(() => socket[leave](), 20),
          );
        });
      });
      const sent = await sendTo(`http://127.0.0.1:${server.port}/`, { method: "PUT", body: large });
      assert.deepEqual(await summary(sent), {
        error: null,
        status: 413,
        body: "big",
        complete: true,
        warnings: [],
      });
    });
  }

  it("fault 84: a server that stops reading: a time-out", async () => {
    const server = await rawServer((socket) => socket.pause());
    const { exchange } = await sendTo(
      `http://127.0.0.1:${server.port}/`,
      { method: "PUT", body: Buffer.alloc(20 * 1024 * 1024) },
      optionsWith({ idle: 100 }),
    );
    assert.deepEqual(exchange.error, {
      code: "E_IDLE_TIMEOUT",
      phase: "send",
      message: `127.0.0.1:${server.port} took no more of the request for 100 ms.`,
      hint: "The server stopped reading. Give it more time (@timeout, --timeout or the setting awsreq.timeout) if it is known to pause.",
    });
  });

  it("a close while the request is being sent, without an answer", async () => {
    const server = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, { method: "PUT", body: large });
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_SEND_CUT", "send"]);
  });

  const expect = { method: "POST", headers: [["Expect", "100-continue"]], body: "abc" } as const;

  it("fault 85: Expect waits for 100, then sends the body", async () => {
    const server = await rawServer((socket) => {
      onHead(socket, (head) => {
        assert.ok(head.endsWith("\r\n\r\n"));
        socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        socket.once("data", () => socket.write(ok));
      });
    });
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`, expect);
    assert.equal((await summary(sent)).body, "ok");
    assert.match(server.received(), /\r\n\r\nabc$/);
  });

  it("fault 85: without a word the body is sent after a while", async () => {
    const server = await rawServer((socket) => {
      onHead(socket, () => socket.once("data", () => socket.write(ok)));
    });
    const sent = await sendTo(
      `http://127.0.0.1:${server.port}/`,
      expect,
      optionsWith({ expectContinue: 30 }),
    );
    assert.equal((await summary(sent)).body, "ok");
  });

  for (const status of [200, 302, 403, 417, 503]) {
    it(`fault 85: after ${status} the body is not sent, however long the answer goes on`, async () => {
      const pieces = "answer";
      let next: () => void = () => undefined;
      const server = await rawServer((socket) => {
        let at = 0;
        next = () => {
          if (at < pieces.length) socket.write(pieces.charAt(at++));
        };
        onHead(socket, () => {
          socket.write(`HTTP/1.1 ${status} No\r\nContent-Length: ${pieces.length}\r\n\r\n`);
          next();
        });
      });
      // One piece after the other has arrived: a body that was sent behind the head would be there by then.
      const { response } = await send(
        requestFor(`http://127.0.0.1:${server.port}/`, expect),
        optionsWith(),
        new AbortController().signal,
        ({ type }) => type === "chunk" && next(),
      );
      assert.deepEqual([response?.status, response?.body.size], [status, pieces.length]);
      assert.ok(server.received().endsWith("\r\n\r\n"));
    });
  }

  for (const status of [417, 403]) {
    it(`fault 85: after ${status} the body is not sent`, async () => {
      const server = await answering(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      const sent = await sendTo(`http://127.0.0.1:${server.port}/`, expect);
      assert.equal((await summary(sent)).status, status);
      assert.ok(server.received().endsWith("\r\n\r\n"));
    });
  }
});
