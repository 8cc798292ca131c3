import assert from "node:assert/strict";
import * as https from "node:https";
import { connect, type Socket } from "node:net";
import { certificate, type KeyPair } from "./certificates.ts";
import { optionsWith, sendTo, summary, textOf } from "./sending.ts";
import { answer, answering, closeServers, onHead, type RawServer, rawServer, tlsServer } from "./servers.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("a proxy", () => {
  let authority: KeyPair;
  let trusted: KeyPair;
  before(async () => {
    authority = await certificate({ name: "Test Authority", authority: true });
    trusted = await certificate({ issuer: authority, names: ["api.example.test"] });
  });
  afterEach(closeServers);

  const through = (proxy: { port: number }, limits = {}, more = {}) =>
    optionsWith(limits, {
      proxy: { url: `http://user:p%40ss@127.0.0.1:${proxy.port}`, source: "HTTPS_PROXY" },
      tls: { ca: [authority.cert] },
      ...more,
    });
  const label = (proxy: { port: number }) => `the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`;
  const url = "https://api.example.test/secret?q";
  const secretHeaders = { headers: [["Authorization", "AWS4-HMAC-SHA256 very-secret"]] } as const;

  /** A proxy that connects every tunnel to one origin. */
  const tunnelling = (origin: RawServer, reply = "HTTP/1.1 200 Connection established\r\n\r\n") =>
    rawServer((socket) =>
      onHead(socket, () => {
        const onward = connect(origin.port, "127.0.0.1").on("error", () => undefined);
        socket.write(reply);
        join(socket, onward);
      }),
    );

  it("opens a tunnel and sees only the host", async () => {
    const origin = await tlsServer(trusted, answer(ok));
    const proxy = await tunnelling(origin);
    const sent = await sendTo(url, secretHeaders, through(proxy));
    assert.deepEqual(await summary(sent), {
      error: null,
      status: 200,
      body: "ok",
      complete: true,
      warnings: [],
    });
    assert.equal(
      proxy.received().slice(0, proxy.received().indexOf("\r\n\r\n")),
      [
        "CONNECT api.example.test:443 HTTP/1.1",
        "Host: api.example.test:443",
        `Proxy-Authorization: Basic ${Buffer.from("user:p@ss").toString("base64")}`,
        "Connection: close",
      ].join("\r\n"),
    );
    assert.ok(!proxy.received().includes("very-secret"));
    assert.match(
      origin.received(),
      /^GET \/secret\?q HTTP\/1\.1\r\nHost: api\.example\.test\r\nAuthorization: /,
    );
    assert.ok(!origin.received().includes("Proxy-Authorization"));
    const { timings, response, remoteAddress } = sent.exchange;
    assert.deepEqual(
      [
        response?.answeredBy,
        remoteAddress,
        timings.dns,
        timings.connect,
        timings.proxy !== null,
        timings.tls !== null,
      ],
      ["origin", "127.0.0.1", null, null, true, true],
    );
    assert.deepEqual(
      sent.events.flatMap((event) => (event.type === "phase" ? [event.phase] : [])),
      ["proxy", "tls", "send", "head", "body"],
    );
  });

  it("is given the whole URL of an http target, and its authentication", async () => {
    const proxy = await answering(ok);
    const sent = await sendTo("http://api.example.test/a?b", {}, through(proxy));
    assert.equal((await summary(sent)).body, "ok");
    assert.equal(
      proxy.received(),
      [
        "GET http://api.example.test/a?b HTTP/1.1",
        "Host: api.example.test",
        `Proxy-Authorization: Basic ${Buffer.from("user:p@ss").toString("base64")}`,
        "Connection: close",
        "",
        "",
      ].join("\r\n"),
    );
    assert.deepEqual(
      [
        sent.exchange.response?.answeredBy,
        sent.exchange.timings.connect,
        sent.exchange.timings.proxy !== null,
      ],
      ["origin", null, true],
    );
  });

  it("opens a tunnel for an http target that is connected to elsewhere", async () => {
    const origin = await answering(ok);
    const proxy = await tunnelling(origin);
    const connectTo = { host: "elsewhere.example.test", port: 8080 };
    const sent = await sendTo("http://api.example.test/a", {}, through(proxy, {}, { connectTo }));
    assert.equal((await summary(sent)).body, "ok");
    assert.match(proxy.received(), /^CONNECT elsewhere\.example\.test:8080 /);
    assert.match(origin.received(), /^GET \/a HTTP/);
  });

  it("is not used for loopback", async () => {
    const origin = await answering(ok);
    const proxy = await answering(ok);
    await sendTo(`http://127.0.0.1:${origin.port}/`, {}, through(proxy));
    assert.equal(proxy.received(), "");
  });

  it("fault 20: 407 to CONNECT: the realm, the answer, and nothing sent to the origin", async () => {
    const proxy = await answering(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\nContent-Length: 4\r\n\r\npage',
    );
    const sent = await sendTo(url, secretHeaders, through(proxy));
    assert.deepEqual(await summary(sent), {
      error: { code: "E_PROXY_REFUSED", phase: "proxy" },
      status: 407,
      body: "page",
      complete: true,
      warnings: [],
    });
    assert.deepEqual(
      [sent.exchange.response?.answeredBy, sent.exchange.error?.message],
      [
        "proxy",
        `The proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) wants authentication (Basic realm="corp") before it connects to api.example.test:443.`,
      ],
    );
    assert.ok(!proxy.received().includes("very-secret"));
  });

  for (const [title, bytes] of [
    ["403 with a length", "HTTP/1.1 403 Forbidden\r\nContent-Length: 11\r\n\r\n<h1>no</h1>tail"],
    [
      "405 chunked",
      "HTTP/1.1 405 X\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<h1>\r\n7\r\nno</h1>\r\n0\r\n\r\n",
    ],
    ["502 to the end", "HTTP/1.1 502 X\r\n\r\n<h1>no</h1>"],
  ] as const) {
    it(`fault 21: ${title}: the proxy's page`, async () => {
      const proxy = await answering(bytes, (socket) => socket.end());
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.deepEqual(
        [exchange.error?.code, exchange.response?.answeredBy, await textOf(exchange.response?.body)],
        ["E_PROXY_REFUSED", "proxy", "<h1>no</h1>"],
      );
    });
  }

  it("fault 21: a page that stalls is kept as far as it came", async () => {
    const proxy = await answering("HTTP/1.1 502 X\r\nContent-Length: 100\r\n\r\nhalf");
    const { exchange } = await sendTo(url, {}, through(proxy, { idle: 50 }));
    assert.deepEqual(
      [exchange.error?.code, await textOf(exchange.response?.body)],
      ["E_PROXY_REFUSED", "half"],
    );
  });

  it("fault 22: answers nothing", async () => {
    const proxy = await rawServer(() => undefined);
    const { exchange } = await sendTo(url, {}, through(proxy, { proxy: 50 }));
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      [
        "E_PROXY_TIMEOUT",
        "proxy",
        `The proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) did not answer within 50 ms.`,
      ],
    );
  });

  for (const [title, leave] of [
    ["closed", "end"],
    ["reset", "resetAndDestroy"],
  ] as const) {
    it(`fault 22: ${title} the connection`, async () => {
      const proxy = await rawServer((socket) => socket.once("data", () => socket[leave]()));
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.equal(
        exchange.error?.message,
        `The proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) ${title} the connection without opening the tunnel.`,
      );
      assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_PROXY_CLOSED", "proxy"]);
    });
  }

  it("that nobody runs is named", async () => {
    const proxy = await rawServer(() => undefined);
    await proxy.close();
    const { exchange } = await sendTo(url, {}, through(proxy));
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      [
        "E_PROXY_CONNECT",
        "proxy",
        `The connection to ${label(proxy)} was refused: nothing listens on that port.`,
      ],
    );
  });

  for (const [title, reply] of [
    ["in one piece with the 200", "HTTP/1.1 200 OK\r\n\r\nnot TLS at all, sorry"],
    ["as a body of the 200 (fault 24)", "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\nnot TLS at all, sorry"],
  ] as const) {
    it(`fault 23: garbage instead of TLS, ${title}, is the proxy's`, async () => {
      const proxy = await answering(reply);
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.deepEqual(
        [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
        [
          "E_PROXY_PROTOCOL",
          "proxy",
          `The proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) opened a tunnel to api.example.test:443, but what came through it is not TLS.`,
        ],
      );
    });
  }

  it("fault 24: framing fields of a 200 to CONNECT are ignored", async () => {
    const origin = await tlsServer(trusted, answer(ok));
    for (const field of ["Content-Length: 0", "Transfer-Encoding: chunked"]) {
      const proxy = await tunnelling(origin, `HTTP/1.1 200 OK\r\n${field}\r\n\r\n`);
      assert.equal((await summary(await sendTo(url, {}, through(proxy)))).body, "ok");
    }
  });

  it("that answers something else than HTTP is named", async () => {
    const proxy = await answering("SSH-2.0-OpenSSH_9.6\r\n");
    const { exchange } = await sendTo(url, {}, through(proxy));
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_PROXY_PROTOCOL", "proxy"]);
    assert.ok(exchange.error?.message.includes(label(proxy)));
  });

  it("is named in the faults of what is behind it", async () => {
    const origin = await tlsServer(trusted, (socket) => socket.once("data", () => socket.end()));
    const proxy = await tunnelling(origin);
    const { exchange } = await sendTo(url, {}, through(proxy));
    assert.equal(
      exchange.error?.message,
      `api.example.test:443 through ${label(proxy)} closed the connection without answering.`,
    );
  });

  it("keeps no tunnel open for a request that cannot be written", async () => {
    const origin = await tlsServer(trusted, answer(ok));
    const proxy = await tunnelling(origin);
    const { exchange } = await sendTo(url, { headers: [["X-A", "a\nb"]] }, through(proxy));
    assert.equal(exchange.error?.code, "E_REQUEST_INVALID");
    while (proxy.open() > 0) await new Promise(setImmediate);
  });

  it("with a URL that is none is an error that shows no password", async () => {
    const choice = { url: "socks5://user:hunter22@proxy", source: "ALL_PROXY" };
    const { exchange } = await sendTo(url, {}, optionsWith({}, { proxy: choice }));
    assert.equal(exchange.error?.code, "E_PROXY_URL");
    assert.ok(!JSON.stringify(exchange).includes("hunter22"));
  });

  it("that is spoken to over TLS itself", async () => {
    const origin = await tlsServer(trusted, answer(ok));
    const own = await certificate({ issuer: authority });
    const proxy = await tlsServer(own, (socket) =>
      onHead(socket, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        join(socket, connect(origin.port, "127.0.0.1"));
      }),
    );
    const choice = { url: `https://localhost:${proxy.port}`, source: "HTTPS_PROXY" };
    const sent = await sendTo(url, {}, through(proxy, {}, { proxy: choice }));
    assert.equal((await summary(sent)).body, "ok");
  });
});

describe("a proxy that the host application puts in the way", () => {
  afterEach(closeServers);

  it("is recognised by an https answer on a connection without TLS, and gets nothing of the request", async () => {
    const proxy = await rawServer((socket) =>
      socket.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n\r\npage"),
    );
    const original = https.Agent.prototype.createConnection;
    https.Agent.prototype.createConnection = () => connect(proxy.port, "127.0.0.1");
    try {
      const sent = await sendTo("https://api.example.test/secret", {
        headers: [["Authorization", "very-secret"]],
      });
      assert.deepEqual(await summary(sent), {
        error: { code: "E_PROXY_REFUSED", phase: "proxy" },
        status: 407,
        body: "page",
        complete: true,
        warnings: [],
      });
      assert.equal(sent.exchange.response?.answeredBy, "proxy");
      assert.equal(proxy.received(), "");
    } finally {
      https.Agent.prototype.createConnection = original;
    }
  });

  it("is recognised by a 407 to plain http", async () => {
    const server = await answering("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n");
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual([exchange.response?.answeredBy, exchange.error?.code], ["proxy", "E_PROXY_REFUSED"]);
  });
});

function join(near: Socket, far: Socket): void {
  near.pipe(far).on("error", () => undefined);
  far.pipe(near);
  near.once("close", () => far.destroy());
  far.once("close", () => near.end());
}
