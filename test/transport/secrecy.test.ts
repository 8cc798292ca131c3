import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Exchange } from "../../src/stages.ts";
import { optionsWith, requestFor, sendTo } from "./sending.ts";
import { closeServers, onHead, rawServer } from "./servers.ts";

const canary = (name: string) => `${name}${randomBytes(24).toString("hex")}`;

describe("errors", () => {
  afterEach(closeServers);

  const token = canary("TOKEN");
  const authorization = `AWS4-HMAC-SHA256 Credential=${canary("AKIA")}/x, Signature=${canary("SIG")}`;
  const signature = canary("QUERYSIG");
  const password = canary("PASS");
  const ask = {
    headers: [
      ["Authorization", authorization],
      ["X-Amz-Security-Token", token],
      ["Cookie", canary("COOKIE")],
    ],
  } as const;
  const path = `/?X-Amz-Signature=${signature}`;
  const secrets = [
    ...ask.headers.map(([, value]) => value),
    signature,
    password,
    Buffer.from(`user:${password}`).toString("base64"),
  ];

  function assertClean({ error }: Exchange): void {
    const shown = JSON.stringify(error);
    for (const secret of secrets) {
      for (let at = 0; at + 12 <= secret.length; at += 1) {
        assert.ok(!shown.includes(secret.slice(at, at + 12)), shown);
      }
    }
  }

  const echoes: readonly (readonly [title: string, echo: (head: string) => string])[] = [
    ["the request itself", (head) => head],
    ["the token alone", () => token],
    ["the end of the token", () => token.slice(20)],
    ["the authorization in a head that is cut", () => `HTTP/1.1 200 OK\r\nX: ${authorization}`],
    ["the token in a malformed head", () => `HTTP/1.1 200 ${token}\r\nno colon\r\n\r\n`],
    [
      "the token in a proxy's realm",
      () => `HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm="${token}"\r\n\r\n`,
    ],
    ["the token in a cut body", () => `HTTP/1.1 200 ${token}\r\nContent-Length: 999\r\n\r\n${token}`],
    ["the token as a bad length", () => `HTTP/1.1 200 OK\r\nContent-Length: ${token}\r\n\r\n`],
    ["nothing", () => ""],
  ];
  for (const [title, echo] of echoes) {
    it(`show no secret when the server echoes ${title}`, async () => {
      const server = await rawServer((socket) => onHead(socket, (head) => socket.end(echo(head))));
      const { exchange } = await sendTo(`http://127.0.0.1:${server.port}${path}`, ask);
      assert.notEqual(exchange.error, null);
      assertClean(exchange);
    });

    it(`show no secret when a proxy echoes ${title}`, async () => {
      const server = await rawServer((socket) => onHead(socket, (head) => socket.end(echo(head))));
      const proxy = { url: `http://user:${password}@127.0.0.1:${server.port}`, source: "HTTPS_PROXY" };
      for (const scheme of ["https", "http"]) {
        const { exchange } = await sendTo(
          `${scheme}://api.example.test${path}`,
          ask,
          optionsWith({}, { proxy }),
        );
        assert.notEqual(exchange.error, null);
        assertClean(exchange);
      }
    });
  }

  it("of limits, look-ups and refusals show none either", async () => {
    const silent = await rawServer(() => undefined);
    const gone = await rawServer(() => undefined);
    await gone.close();
    const urls = [
      [`http://127.0.0.1:${silent.port}${path}`, optionsWith({ head: 30 })],
      [`http://127.0.0.1:${silent.port}${path}`, optionsWith({ total: 30 })],
      [`https://127.0.0.1:${silent.port}${path}`, optionsWith({ tls: 30 })],
      [`http://127.0.0.1:${gone.port}${path}`, optionsWith()],
      [`http://nowhere.invalid${path}`, optionsWith({ connect: 30 }, { lookup: () => undefined })],
    ] as const;
    for (const [url, options] of urls) {
      const { exchange } = await sendTo(url, ask, options);
      assert.notEqual(exchange.error, null);
      assertClean(exchange);
    }
    assert.equal(requestFor(`http://a.test${path}`).target.query?.includes(signature), true);
  });
});
