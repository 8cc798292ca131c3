import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { type CertificateWish, certificate, type KeyPair } from "./certificates.ts";
import { optionsWith, sendTo, summary } from "./sending.ts";
import { answer, answering, closeServers, rawServer, tlsServer } from "./servers.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

describe("TLS", () => {
  let authority: KeyPair;
  let trusted: KeyPair;
  before(async () => {
    authority = await certificate({ name: "Test Authority", authority: true });
    trusted = await certificate({ issuer: authority });
  });
  afterEach(closeServers);

  const trusting = (limits = {}, more = {}) =>
    optionsWith(limits, { tls: { ca: [authority.cert] }, ...more });
  const issued = (wish: CertificateWish) => certificate({ issuer: authority, ...wish });

  it("carries a request over, with its phases and timings", async () => {
    const server = await tlsServer(trusted, answer(ok));
    const sent = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.deepEqual(await summary(sent), {
      error: null,
      status: 200,
      body: "ok",
      complete: true,
      warnings: [],
    });
    assert.deepEqual(
      sent.events.flatMap((event) => (event.type === "phase" ? [event.phase] : [])),
      ["dns", "connect", "tls", "send", "head", "body"],
    );
    const { proxy, total, ...laps } = sent.exchange.timings;
    assert.equal(proxy, null);
    const sum = Object.values(laps).reduce<number>((before, lap) => before + (lap ?? Number.NaN), 0);
    assert.ok(sum > 0 && sum <= total, `${total} and ${JSON.stringify(laps)}`);
    assert.equal(sent.exchange.response?.answeredBy, "origin");
  });

  it("checks the name of the URL when the connection goes elsewhere", async () => {
    const server = await tlsServer(await issued({ names: ["api.example.test"] }), answer(ok));
    const connectTo = { host: "127.0.0.1", port: server.port };
    const right = await sendTo("https://api.example.test/", {}, trusting({}, { connectTo }));
    assert.equal((await summary(right)).body, "ok");
    const wrong = await sendTo("https://other.example.test/", {}, trusting({}, { connectTo }));
    assert.equal(wrong.exchange.error?.code, "E_TLS_WRONG_NAME");
    assert.match(
      wrong.exchange.error?.message ?? "",
      new RegExp(
        `^The certificate of other\\.example\\.test:443 \\(by way of 127\\.0\\.0\\.1:${server.port}\\) is not for`,
      ),
    );
  });

  it("fault 9: a plain HTTP server", async () => {
    const server = await rawServer((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad\r\n\r\n")),
    );
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.deepEqual(exchange.error, {
      code: "E_NOT_TLS",
      phase: "tls",
      message: `localhost:${server.port} does not speak TLS on this port.`,
      hint: `If port ${server.port} speaks plain HTTP, write the URL with http://.`,
    });
  });

  it("fault 10: a TLS port addressed with http://", async () => {
    const server = await tlsServer(trusted, answer(ok));
    const { exchange } = await sendTo(`http://localhost:${server.port}/`);
    assert.match(exchange.error?.hint ?? "", /https:\/\//);
  });

  it("fault 10: a TLS port that answers plain HTTP with an alert", async () => {
    const server = await answering(Uint8Array.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]));
    const { exchange } = await sendTo(`http://localhost:${server.port}/`);
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.hint],
      ["E_TLS_EXPECTED", "Write the URL with https://."],
    );
  });

  it("fault 11: closed in the handshake", async () => {
    const server = await rawServer((socket) => socket.once("data", () => socket.end()));
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      ["E_TLS_CLOSED", "tls", `localhost:${server.port} closed the connection during the TLS handshake.`],
    );
  });

  it("fault 11: reset in the handshake", async () => {
    const server = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.equal(
      exchange.error?.message,
      `localhost:${server.port} reset the connection during the TLS handshake.`,
    );
  });

  it("fault 12: TLS 1.0 only", async () => {
    const server = await tlsServer(
      { ...trusted, minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" },
      answer(ok),
    );
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_TLS_VERSION", "tls"]);
  });

  it("fault 13: self-signed: subject, issuer and fingerprint, and how to trust it", async () => {
    const own = await certificate();
    const server = await tlsServer(own, answer(ok));
    const { exchange } = await sendTo(`https://localhost:${server.port}/`);
    assert.equal(exchange.error?.code, "E_TLS_SELF_SIGNED");
    assert.equal(
      exchange.error?.message,
      `localhost:${server.port} has a self-signed certificate, which nobody vouches for (subject CN=localhost, issuer CN=localhost, SHA-256 ${new X509Certificate(own.cert).fingerprint256}).`,
    );
    assert.match(exchange.error?.hint ?? "", /NODE_EXTRA_CA_CERTS/);
    assert.equal(server.received(), "");
  });

  it("fault 13: verification cannot be turned off by the environment", async () => {
    const server = await tlsServer(await certificate(), answer(ok));
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const { exchange } = await sendTo(`https://localhost:${server.port}/`);
      assert.equal(exchange.error?.code, "E_TLS_SELF_SIGNED");
    } finally {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    }
  });

  for (const [title, wish, code] of [
    ["expired", { from: -10, until: -5 }, "E_TLS_EXPIRED"],
    ["not yet valid", { from: 5, until: 10 }, "E_TLS_NOT_YET_VALID"],
  ] as const) {
    it(`fault 14: ${title}: the date and the clock`, async () => {
      const made = await issued(wish);
      const server = await tlsServer(made, answer(ok));
      const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
      const parsed = new X509Certificate(made.cert);
      assert.equal(exchange.error?.code, code);
      assert.ok(exchange.error?.message.includes(title === "expired" ? parsed.validTo : parsed.validFrom));
      assert.match(exchange.error?.hint ?? "", /clock/);
    });
  }

  it("fault 15: another name: the names are listed", async () => {
    const server = await tlsServer(
      await issued({ names: ["a.example.test", "*.b.example.test"] }),
      answer(ok),
    );
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.message],
      [
        "E_TLS_WRONG_NAME",
        `The certificate of localhost:${server.port} is not for localhost: it names DNS:a.example.test, DNS:*.b.example.test.`,
      ],
    );
  });

  it("fault 15: a bucket name with dots", async () => {
    const server = await tlsServer(await issued({ names: ["*.s3.eu-west-1.amazonaws.com"] }), answer(ok));
    const connectTo = { host: "127.0.0.1", port: server.port };
    const { exchange } = await sendTo(
      "https://my.bucket.s3.eu-west-1.amazonaws.com/",
      {},
      trusting({}, { connectTo }),
    );
    assert.match(exchange.error?.hint ?? "", /bucket in the path/);
  });

  it("fault 16: an unknown issuer: the chain is shown", async () => {
    const server = await tlsServer(trusted, answer(ok));
    const { exchange } = await sendTo(`https://localhost:${server.port}/`);
    assert.equal(exchange.error?.code, "E_TLS_UNKNOWN_ISSUER");
    assert.match(
      exchange.error?.message ?? "",
      /\(chain: CN=localhost ← CN=Test Authority; SHA-256 [0-9A-F:]{95}\)/,
    );
  });

  for (const maxVersion of ["TLSv1.3", "TLSv1.2"] as const) {
    it(`fault 17: a client certificate is required (${maxVersion})`, async () => {
      const server = await tlsServer(
        { ...trusted, requestCert: true, rejectUnauthorized: true, ca: authority.cert, maxVersion },
        answer(ok),
      );
      const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
      assert.match(exchange.error?.message ?? "", /client certificate/);
    });
  }

  it("fault 18: a handshake that stalls", async () => {
    const server = await rawServer(() => undefined);
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting({ tls: 50 }));
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      ["E_TLS_TIMEOUT", "tls", `localhost:${server.port} did not finish the TLS handshake within 50 ms.`],
    );
  });

  it("fault 29: a server of HTTP/2 only, by ALPN", async () => {
    const server = await tlsServer({ ...trusted, ALPNProtocols: ["h2"] }, answer(ok));
    const { exchange } = await sendTo(`https://localhost:${server.port}/`, {}, trusting());
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_HTTP2_ONLY", "tls"]);
  });

  it("carries an upload and a cut body over", async () => {
    const server = await tlsServer(trusted, (socket) => {
      let count = 0;
      socket.on("data", (bytes: Buffer) => {
        count += bytes.length;
        if (count < 300_000) return;
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
      });
    });
    const sent = await sendTo(
      `https://localhost:${server.port}/`,
      { method: "PUT", body: Buffer.alloc(300_000) },
      trusting(),
    );
    const { error, body } = await summary(sent);
    assert.deepEqual({ error, body }, { error: { code: "E_BODY_CUT", phase: "body" }, body: "abc" });
  });
});
