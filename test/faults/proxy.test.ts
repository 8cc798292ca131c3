import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { certificate, type KeyPair } from "../transport/certificates.ts";
import { answer, answering, onHead, type RawServer, rawServer, tlsServer } from "../transport/servers.ts";
import { type FaultWorld, faultCases, type Scenario, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const page = "<h1>no</h1>";
const approved = ["--approve", "environment@api.example.test"];
const password = "hunter22%40";

let authority: KeyPair;
let trusted: KeyPair;

/** A signed request to a host that only the proxy can reach. */
async function through(
  { write }: FaultWorld,
  proxy: Pick<RawServer, "port">,
  more: Partial<Scenario> = {},
): Promise<Scenario> {
  const env = {
    AWS_CA_BUNDLE: await write("ca.pem", authority.cert),
    HTTPS_PROXY: `http://user:${password}@127.0.0.1:${proxy.port}`,
    ...more.env,
  };
  const text = `${signed}GET https://api.example.test/secret\n`;
  return {
    text,
    args: approved,
    host: `the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`.slice(4),
    ...more,
    env,
    async also(seen) {
      const all = JSON.stringify(seen);
      for (const secret of ["hunter22", Buffer.from("user:hunter22@").toString("base64")])
        assert.ok(!all.includes(secret), "the proxy's password is shown");
      await more.also?.(seen);
    },
  };
}

/** A refusal of the proxy: nothing of the request reaches it, and its page is kept as its own. */
async function refusing(world: FaultWorld, head: string, body: string, then?: (socket: Socket) => void) {
  const proxy = await answering(`${head}\r\n${body}`, then);
  return through(world, proxy, {
    limits: { idle: 40 },
    also: ({ document }) => {
      assert.equal(document.requests[0]?.response?.answeredBy, "proxy");
      assert.ok(!proxy.received().includes("AWS4-HMAC-SHA256"));
    },
  });
}

/** A proxy that leads every tunnel to one origin. */
const tunnelling = (origin: RawServer, reply: string) =>
  rawServer((socket) =>
    onHead(socket, () => {
      const onward = connect(origin.port, "127.0.0.1").on("error", () => undefined);
      socket.write(reply);
      socket.pipe(onward).on("error", () => undefined);
      onward.pipe(socket);
      socket.once("close", () => onward.destroy());
      onward.once("close", () => socket.end());
    }),
  );

const kept = { status: 200, body: "ok", complete: true } as const;

describe("a proxy", () => {
  before(async () => {
    authority = await certificate({ name: "Test Authority", authority: true });
    trusted = await certificate({ issuer: authority, names: ["api.example.test", "10.1.2.3"] });
  });

  faultCases(20, {
    "407 to CONNECT": async (world) => ({
      ...(await refusing(
        world,
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\nContent-Length: 11\r\n',
        page,
      )),
      kept: { status: 407, body: page },
    }),
  });

  const end = (socket: Socket) => socket.end();

  faultCases(21, {
    "403 with a length": async (world) => ({
      ...(await refusing(world, "HTTP/1.1 403 Forbidden\r\nContent-Length: 11\r\n", `${page}tail`, end)),
      kept: { status: 403, body: page },
    }),
    "405 in chunks": async (world) => ({
      ...(await refusing(
        world,
        "HTTP/1.1 405 X\r\nTransfer-Encoding: chunked\r\n",
        "4\r\n<h1>\r\n7\r\nno</h1>\r\n0\r\n\r\n",
        end,
      )),
      kept: { status: 405, body: page },
    }),
    "502 to the end": async (world) => ({
      ...(await refusing(world, "HTTP/1.1 502 X\r\n", page, end)),
      kept: { status: 502, body: page },
    }),
    "a page that stalls": async (world) => ({
      ...(await refusing(world, "HTTP/1.1 502 X\r\nContent-Length: 100\r\n", "half")),
      kept: { status: 502, body: "half" },
    }),
  });

  const leaving = async (world: FaultWorld, leave: "end" | "resetAndDestroy") =>
    through(world, await rawServer((socket) => socket.once("data", () => socket[leave]())));

  faultCases(22, {
    silent: async (world) => through(world, await rawServer(() => undefined), { limits: { proxy: 40 } }),
    closed: (world) => leaving(world, "end"),
    reset: (world) => leaving(world, "resetAndDestroy"),
    "nobody there": async (world) => {
      const proxy = await rawServer(() => undefined);
      await proxy.close();
      return through(world, proxy);
    },
  });

  faultCases(23, {
    "garbage with the 200": async (world) =>
      through(world, await answering("HTTP/1.1 200 OK\r\n\r\nnot TLS at all, sorry")),
    "no HTTP at all": async (world) => through(world, await answering("SSH-2.0-OpenSSH_9.6\r\n")),
  });

  const framed = async (world: FaultWorld, field: string) => {
    const origin = await tlsServer(trusted, answer(ok));
    return through(world, await tunnelling(origin, `HTTP/1.1 200 OK\r\n${field}\r\n\r\n`), { kept });
  };

  faultCases(24, {
    "Content-Length: 0": (world) => framed(world, "Content-Length: 0"),
    "Transfer-Encoding: chunked": (world) => framed(world, "Transfer-Encoding: chunked"),
    "a body": async (world) =>
      through(world, await answering("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\nnot TLS at all, sorry")),
  });

  const spelled = async (world: FaultWorld, url: string) => {
    const proxy = await answering(ok);
    const env = { HTTPS_PROXY: url };
    return through(world, proxy, {
      env,
      host: "HTTPS_PROXY",
      also: () => assert.equal(proxy.received(), ""),
    });
  };

  /** Past the proxy, straight to the host. */
  const past = async (world: FaultWorld, exempt: string) => {
    const proxy = await answering(ok);
    const origin = await tlsServer(trusted, answer(ok));
    const host = exempt.includes("/") ? "10.1.2.3" : "api.example.test";
    const scenario = await through(world, proxy, {
      env: { NO_PROXY: exempt.replace("PORT", String(origin.port)) },
      args: ["--approve", `environment@${host}:${origin.port}`],
      kept,
      also: () => assert.equal(proxy.received(), ""),
      lookup: (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
    });
    return { ...scenario, text: `${signed}GET https://${host}:${origin.port}/\n` };
  };

  faultCases(25, {
    "no URL": (world) => spelled(world, "http://user:hunter22@"),
    SOCKS: (world) => spelled(world, "socks5://user:hunter22@127.0.0.1"),
    "NO_PROXY: the host": (world) => past(world, "x, API.example.test"),
    "NO_PROXY: .x": (world) => past(world, ".example.test"),
    "NO_PROXY: x:port": (world) => past(world, "api.example.test:PORT"),
    "NO_PROXY: *": (world) => past(world, "*"),
  });

  const withPassword = async (world: FaultWorld, written: string, meant: string) => {
    const origin = await tlsServer(trusted, answer(ok));
    const proxy = await tunnelling(origin, "HTTP/1.1 200 OK\r\n\r\n");
    return through(world, proxy, {
      env: { HTTPS_PROXY: `http://u:${written}@127.0.0.1:${proxy.port}` },
      kept,
      also: (seen) => {
        const sent = `Basic ${Buffer.from(`u:${meant}`).toString("base64")}`;
        assert.ok(proxy.received().includes(`Proxy-Authorization: ${sent}\r\n`));
        assert.ok(!JSON.stringify(seen).includes(meant));
        assert.ok(!JSON.stringify(seen).includes(sent));
      },
    });
  };

  faultCases(26, {
    "percent-encoded": (world) => withPassword(world, "p%40s%2Fs%25%3Aw", "p@s/s%:w"),
    "a stray %": (world) => withPassword(world, "100%-sure", "100%-sure"),
  });
});
