import assert from "node:assert/strict";
import { optionsWith, sendTo, summary } from "./sending.ts";
import { answering, closeServers, onHead, rawServer } from "./servers.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("the head of a response", () => {
  afterEach(closeServers);

  const url = (server: { port: number }) => `http://127.0.0.1:${server.port}/`;

  it("fault 27: bytes that are not HTTP are shown escaped", async () => {
    const server = await answering('<html>\r\n\u0000"old"\u001b[31m\u009b');
    const { exchange } = await sendTo(url(server));
    assert.deepEqual(exchange.error, {
      code: "E_NOT_HTTP",
      phase: "head",
      message: `What 127.0.0.1:${server.port} sent is not an HTTP response: "<html>\\r\\n\\x00\\"old\\"\\x1b[31m\\x9b".`,
      hint: "Check that the port is that of an HTTP server.",
    });
  });

  it("fault 27: at most 64 of such bytes are shown", async () => {
    const server = await answering("x".repeat(500));
    const { exchange } = await sendTo(url(server));
    assert.match(exchange.error?.message ?? "", /"x{64}…"\.$/);
  });

  it("fault 28: HTTP/1.0 with and without a length", async () => {
    const sized = await answering("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const unsized = await answering("HTTP/1.0 200 OK\r\n\r\nok", (socket) => socket.end());
    for (const server of [sized, unsized]) {
      const sent = await sendTo(url(server));
      const { body, complete } = await summary(sent);
      assert.deepEqual(
        { version: sent.exchange.response?.httpVersion, body, complete },
        { version: "1.0", body: "ok", complete: true },
      );
    }
  });

  it("fault 29: a server of HTTP/2 only", async () => {
    const settings = Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    const server = await answering(settings);
    const { exchange } = await sendTo(url(server));
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_HTTP2_ONLY", "head"]);
  });

  it("fault 30: no reason phrase", async () => {
    const server = await answering("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n");
    const { exchange } = await sendTo(url(server));
    assert.deepEqual(
      [exchange.response?.status, exchange.response?.statusText, exchange.error],
      [200, "", null],
    );
  });

  it("fault 31: a long reason phrase with markup is text, kept whole", async () => {
    const reason = `<b>${"é".repeat(1000)}</b>`;
    const wire = Buffer.from(reason, "utf8").toString("latin1");
    const server = await answering(`HTTP/1.1 200 ${wire}\r\nContent-Length: 0\r\n\r\n`);
    const { exchange } = await sendTo(url(server));
    assert.equal(exchange.response?.statusText, reason);
  });

  for (const status of ["000", "001", "099"]) {
    it(`fault 32: the status ${status} is no answer; what came is kept`, async () => {
      const server = await answering(`HTTP/1.1 ${status} Odd\r\nContent-Length: 2\r\n\r\nok`);
      const sent = await sendTo(url(server));
      assert.deepEqual(await summary(sent), {
        error: { code: "E_RESPONSE_MALFORMED", phase: "head" },
        status: Number(status),
        body: "ok",
        complete: false,
        warnings: [],
      });
      assert.match(sent.exchange.error?.message ?? "", new RegExp(`its status is ${Number(status)},`));
    });
  }

  for (const status of ["600", "999"]) {
    it(`fault 32: the status ${status} is shown as received, with a warning`, async () => {
      const server = await answering(`HTTP/1.1 ${status} Odd\r\nContent-Length: 0\r\n\r\n`);
      const { exchange } = await sendTo(url(server));
      assert.deepEqual(
        [exchange.response?.status, exchange.response?.warnings],
        [Number(status), [`The status ${Number(status)} is none that HTTP defines (100 to 599).`]],
      );
    });
  }

  for (const [title, fields] of [
    ["as an upgrade", "Connection: Upgrade\r\nUpgrade: websocket\r\n"],
    ["without more ado", ""],
  ] as const) {
    it(`fault 33: a 101 that was not asked for, ${title}`, async () => {
      let closed: () => void = () => undefined;
      const closing = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const server = await rawServer((socket) => {
        socket.once("close", closed);
        onHead(socket, () => socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n`));
      });
      const sent = await sendTo(url(server));
      const { error, status, complete } = await summary(sent);
      assert.deepEqual(
        { error, status, complete },
        { error: { code: "E_PROTOCOL_SWITCH", phase: "head" }, status: 101, complete: false },
      );
      await closing;
    });
  }

  it("fault 34: 100, 102 and 103 before the 200 are listed", async () => {
    const server = await answering(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\n${ok}`,
    );
    const { exchange, events } = await sendTo(url(server));
    const interim = [
      { status: 100, statusText: "Continue", headers: [] },
      { status: 102, statusText: "Processing", headers: [] },
      {
        status: 103,
        statusText: "Early Hints",
        headers: [
          ["Link", "</a>"],
          ["Link", "</b>"],
        ],
      },
    ];
    assert.deepEqual(exchange.response?.interim, interim);
    assert.deepEqual(
      events.filter(({ type }) => type === "interim"),
      interim.map((one) => ({ type: "interim", interim: one })),
    );
    assert.equal(exchange.response?.status, 200);
  });

  it("fault 35: endless interim answers end in an error", async () => {
    const server = await answering("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(40) + ok);
    const { exchange } = await sendTo(url(server));
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_INTERIM_LIMIT", "head"]);
    assert.match(exchange.error?.message ?? "", /more than 32 interim answers \(the last: 103\)/);
  });

  it("fault 36: the time for the head runs to its end", async () => {
    const server = await rawServer((socket) => {
      onHead(socket, () => {
        const timer = setInterval(() => socket.write("H"), 10);
        socket.once("close", () => clearInterval(timer));
        socket.write("HTTP/1.1 200 OK\r\nX: ");
      });
    });
    const { exchange } = await sendTo(url(server), {}, optionsWith({ head: 60 }));
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_HEAD_TIMEOUT", "head"]);
    assert.match(
      exchange.error?.message ?? "",
      /^127\.0\.0\.1:\d+ sent \d+ bytes, but no complete response head within 60 ms\.$/,
    );
  });

  it("fault 37: closed in the middle of the head: what came is shown", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nX-A: 1\r\nX-", (socket) => socket.end());
    const { exchange } = await sendTo(url(server));
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.message],
      [
        "E_HEAD_CUT",
        `127.0.0.1:${server.port} closed the connection while sending headers, after 27 bytes: "HTTP/1.1 200 OK\\r\\nX-A: 1\\r\\nX-".`,
      ],
    );
  });

  it("fault 38: a field of 20 KB is taken; 1 MB is over the limit by name", async () => {
    const field = (size: number) => `HTTP/1.1 200 OK\r\nX: ${"v".repeat(size)}\r\nContent-Length: 0\r\n\r\n`;
    const small = await answering(field(20_000));
    const { exchange } = await sendTo(url(small));
    assert.equal(exchange.response?.headers[0]?.[1].length, 20_000);
    const large = await answering(field(1_000_000));
    const { exchange: refused } = await sendTo(url(large));
    assert.equal(refused.error?.code, "E_HEAD_TOO_LARGE");
    assert.equal(
      refused.error?.message,
      `The response head of 127.0.0.1:${large.port} is larger than the limit of 300 KB (headBytes).`,
    );
  });

  it("fault 39: 3000 fields are all there; 6000 are over the limit by name", async () => {
    const head = (count: number) =>
      `HTTP/1.1 200 OK\r\n${Array.from({ length: count - 1 }, (_, at) => `X-${at}: ${at}\r\n`).join("")}Content-Length: 0\r\n\r\n`;
    const { exchange } = await sendTo(url(await answering(head(3000))));
    assert.deepEqual([exchange.response?.headers.length, exchange.error], [3000, null]);
    const { exchange: refused } = await sendTo(url(await answering(head(6000))));
    assert.equal(refused.error?.code, "E_TOO_MANY_FIELDS");
    assert.match(refused.error?.message ?? "", /has 6000 fields; the limit \(fields\) is 5000/);
    assert.deepEqual([refused.response?.headers.length, refused.response?.complete], [5000, false]);
  });

  it("fault 40, 41: duplicates, case and hostile names are kept in order", async () => {
    const fields = [
      ...Array.from({ length: 50 }, (_, at) => ["Set-Cookie", `a${at}=${at}`] as const),
      ["ETag", "1"],
      ["etag", "2"],
      ["__proto__", "polluted"],
      ["constructor", "x"],
      ["toString", "y"],
      ["Content-Length", "0"],
    ] as const;
    const server = await answering(
      `HTTP/1.1 200 OK\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
    );
    const { exchange } = await sendTo(url(server));
    assert.deepEqual(exchange.response?.headers, fields);
  });

  const malformations: readonly (readonly [title: string, bytes: string, what: RegExp])[] = [
    ["a NUL", "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", /it holds a NUL/],
    ["a bare CR", "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n", /CR without LF|CR is not followed by LF/],
    ["a line without colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", /a header line has no colon/],
    ["a blank before the colon", "HTTP/1.1 200 OK\r\nX : a\r\n\r\n", /a blank stands before the colon/],
    ["a blank before the first field", "HTTP/1.1 200 OK\r\n X: a\r\n\r\n", /begins with a blank|blank/],
  ];
  for (const [title, bytes, what] of malformations) {
    it(`fault 42: ${title} is named`, async () => {
      const server = await answering(bytes);
      const { exchange } = await sendTo(url(server));
      assert.equal(exchange.error?.code, "E_RESPONSE_MALFORMED");
      assert.match(exchange.error?.message ?? "", what);
      assert.match(exchange.error?.message ?? "", /It begins "HTTP\/1\.1 200 OK\\r\\n/);
    });
  }

  for (const [title, bytes] of [
    ["lines that end in LF only", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"],
    ["a folded field", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n"],
  ] as const) {
    it(`fault 42: ${title}: an answer or a named malformation, not a hang`, async () => {
      const server = await answering(bytes);
      const { exchange } = await sendTo(url(server));
      if (exchange.error === null) assert.equal(exchange.response?.status, 200);
      else assert.match(exchange.error.message, /LF without CR|folded|does not end in CR LF/);
    });
  }

  it("fault 43: UTF-8 where it is valid, else Latin-1", async () => {
    const server = await answering(
      "HTTP/1.1 200 OK\r\nX-U: \u00c3\u00a9\r\nX-L: \u00e9\r\nContent-Length: 0\r\n\r\n",
    );
    const { exchange } = await sendTo(url(server));
    assert.deepEqual(exchange.response?.headers.slice(0, 2), [
      ["X-U", "é"],
      ["X-L", "é"],
    ]);
  });

  it("fault 45: an odd Content-Type is only shown", async () => {
    const server = await answering(
      'HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset="x\r\nContent-Type: ;;\r\nContent-Length: 2\r\n\r\nok',
    );
    assert.equal((await summary(await sendTo(url(server)))).error, null);
  });
});
