import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { blackhole } from "./blackhole.ts";
import { failingLookup, resolvingTo } from "./lookups.ts";
import { optionsWith, sendTo, summary } from "./sending.ts";
import { answering, closeServers, rawServer } from "./servers.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

const refusal = (address: string) =>
  new UserError({ code: "E_ADDRESS", phase: "guard", message: `${address} is refused.`, hint: "No." });

describe("connecting", () => {
  afterEach(closeServers);

  it("fault 1: a name that does not resolve", async () => {
    const { exchange } = await sendTo(
      "http://nowhere.invalid/",
      {},
      optionsWith({}, { lookup: failingLookup("ENOTFOUND") }),
    );
    assert.deepEqual(exchange.error, {
      code: "E_HOST_NOT_FOUND",
      phase: "dns",
      message: "Could not find the host nowhere.invalid: the name does not resolve.",
      hint: "Check the spelling. The name of a private endpoint resolves only inside its network or VPN.",
    });
    assert.deepEqual(
      [exchange.response, exchange.remoteAddress, exchange.timings.connect],
      [null, null, null],
    );
  });

  it("fault 1: a misspelt region: the nearest one is named", async () => {
    const { exchange } = await sendTo(
      "https://sqs.eu-wst-1.amazonaws.com/",
      {},
      optionsWith({}, { lookup: failingLookup("ENOTFOUND") }),
    );
    assert.equal(exchange.error?.hint, '"eu-wst-1" is not a region: did you mean eu-west-1?');
  });

  it("fault 2: the resolver does not answer", async () => {
    const { exchange } = await sendTo(
      "http://api.example.test/",
      {},
      optionsWith({}, { lookup: failingLookup("EAI_AGAIN") }),
    );
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_DNS_UNAVAILABLE", "dns"]);
    assert.match(exchange.error?.message ?? "", /DNS server did not answer/);
  });

  it("a look-up that never ends", async () => {
    const { exchange } = await sendTo(
      "http://api.example.test/",
      {},
      optionsWith({ connect: 50 }, { lookup: () => undefined }),
    );
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      ["E_DNS_TIMEOUT", "dns", "The name api.example.test could not be looked up within 50 ms."],
    );
  });

  it("fault 3: a closed port", async () => {
    const server = await rawServer(() => undefined);
    await server.close();
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(exchange.error, {
      code: "E_CONNECT_REFUSED",
      phase: "connect",
      message: `The connection to 127.0.0.1:${server.port} was refused: nothing listens on that port.`,
      hint: "Check the port, and whether the server is running.",
    });
  });

  it("fault 4: nobody takes the connection (a full backlog on loopback)", async () => {
    const hole = await blackhole();
    try {
      const { exchange } = await sendTo(`http://127.0.0.1:${hole.port}/`, {}, optionsWith({ connect: 60 }));
      assert.deepEqual(
        [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
        [
          "E_CONNECT_TIMEOUT",
          "connect",
          `127.0.0.1:${hole.port} did not accept the connection within 60 ms.`,
        ],
      );
    } finally {
      await hole.close();
    }
  });

  it("fault 5: the first address is dead, the second answers and is named", async () => {
    const server = await answering(ok);
    const sent = await sendTo(
      `http://api.example.test:${server.port}/`,
      {},
      optionsWith({}, { lookup: resolvingTo("127.0.0.2", "127.0.0.1") }),
    );
    assert.equal((await summary(sent)).body, "ok");
    assert.equal(sent.exchange.remoteAddress, "127.0.0.1");
  });

  it("fault 5: all addresses are dead", async () => {
    const server = await rawServer(() => undefined);
    await server.close();
    const { exchange } = await sendTo(
      `http://api.example.test:${server.port}/`,
      {},
      optionsWith({}, { lookup: resolvingTo("127.0.0.2", "127.0.0.3") }),
    );
    assert.equal(exchange.error?.code, "E_CONNECT_REFUSED");
  });

  it("fault 6: accepts, then never answers", async () => {
    const server = await rawServer(() => undefined);
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({ head: 50 }));
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      ["E_HEAD_TIMEOUT", "head", `127.0.0.1:${server.port} did not answer within 50 ms.`],
    );
  });

  it("fault 7: closes at once", async () => {
    const server = await rawServer((socket) => socket.end());
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.message],
      ["E_NO_ANSWER", `127.0.0.1:${server.port} closed the connection without answering.`],
    );
  });

  it("fault 8: resets once the request is there", async () => {
    const server = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`);
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.message],
      ["E_NO_ANSWER", `127.0.0.1:${server.port} reset the connection without answering.`],
    );
  });

  it("fault 19: IPv6 literals, names under localhost, trailing dots", async () => {
    const six = await rawServer((socket) => socket.once("data", () => socket.write(ok)), "::1").catch(
      () => null,
    );
    const four = await answering(ok);
    const urls = [
      ...(six === null ? [] : [`http://[::1]:${six.port}/`]),
      `http://api.localhost:${four.port}/`,
      `http://localhost.:${four.port}/`,
    ];
    for (const url of urls) assert.equal((await summary(await sendTo(url))).body, "ok", url);
  });

  it("fault 19: a name under localhost that the resolver does not know", async () => {
    const server = await answering(ok);
    const lookup = failingLookup("ENOTFOUND");
    const sent = await sendTo(`http://api.localhost:${server.port}/`, {}, optionsWith({}, { lookup }));
    assert.equal((await summary(sent)).body, "ok");
    const other = await sendTo("http://localhost.example.test/", {}, optionsWith({}, { lookup }));
    assert.equal(other.exchange.error?.code, "E_HOST_NOT_FOUND");
  });

  it("fault 1: a name without addresses", async () => {
    const { exchange } = await sendTo(
      "http://api.example.test/",
      {},
      optionsWith({}, { lookup: resolvingTo() }),
    );
    assert.equal(exchange.error?.code, "E_HOST_NOT_FOUND");
  });

  it("the whole exchange has a deadline of its own", async () => {
    const server = await rawServer(() => undefined);
    const { exchange } = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({ total: 50 }));
    assert.deepEqual(
      [exchange.error?.code, exchange.error?.phase, exchange.error?.message],
      [
        "E_TOTAL_TIMEOUT",
        "head",
        `The exchange with 127.0.0.1:${server.port} was not finished within 50 ms; it ended while waiting for the response.`,
      ],
    );
  });

  it("a scheme that is not HTTP is not sent", async () => {
    const { exchange } = await sendTo("ftp://127.0.0.1/");
    assert.deepEqual([exchange.error?.code, exchange.timings.total], ["E_SCHEME", 0]);
  });
});

describe("addresses that are refused", () => {
  afterEach(closeServers);

  it("are asked about in the look-up that the connection uses, and end the exchange", async () => {
    const server = await answering(ok);
    const asked: (readonly [string, string])[] = [];
    let lookups = 0;
    const { exchange } = await sendTo(
      `http://api.example.test:${server.port}/`,
      {},
      optionsWith(
        {},
        {
          lookup: (host, options, callback) => {
            lookups += 1;
            resolvingTo("127.0.0.1", "169.254.169.254")(host, options, callback);
          },
          checkAddress: (address, host) => {
            asked.push([address, host]);
            return address.startsWith("169.254.") ? refusal(address) : null;
          },
        },
      ),
    );
    assert.deepEqual(exchange.error, {
      code: "E_ADDRESS",
      phase: "guard",
      message: "169.254.169.254 is refused.",
      hint: "No.",
    });
    assert.deepEqual(
      [lookups, asked],
      [
        1,
        [
          ["127.0.0.1", "api.example.test"],
          ["169.254.169.254", "api.example.test"],
        ],
      ],
    );
    assert.equal(server.received(), "");
  });

  it("are asked about when they are literal, in connectTo too", async () => {
    const server = await answering(ok);
    const refuseAll = { checkAddress: refusal };
    const literal = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({}, refuseAll));
    const connectTo = { host: "[::1]", port: null };
    const moved = await sendTo("http://api.example.test/", {}, optionsWith({}, { ...refuseAll, connectTo }));
    assert.deepEqual(
      [literal.exchange.error?.message, moved.exchange.error?.message],
      ["127.0.0.1 is refused.", "::1 is refused."],
    );
    assert.equal(server.received(), "");
  });

  it("are asked about by name where a proxy looks them up, and the proxy hears nothing", async () => {
    const proxy = await answering(ok);
    const choice = { url: `http://127.0.0.1:${proxy.port}`, source: "HTTPS_PROXY" };
    for (const url of ["https://metadata.test/", "http://metadata.test/"]) {
      const { exchange } = await sendTo(url, {}, optionsWith({}, { checkAddress: refusal, proxy: choice }));
      assert.equal(exchange.error?.message, "metadata.test is refused.");
    }
    assert.equal(proxy.received(), "");
  });
});

describe("connecting elsewhere", () => {
  afterEach(closeServers);

  it("keeps the URL's Host and port in the request", async () => {
    const server = await answering(ok);
    const sent = await sendTo(
      "http://api.example.test/x",
      {},
      optionsWith({}, { connectTo: { host: "127.0.0.1", port: server.port } }),
    );
    assert.equal((await summary(sent)).body, "ok");
    assert.equal(server.received(), "GET /x HTTP/1.1\r\nHost: api.example.test\r\nConnection: close\r\n\r\n");
  });
});
