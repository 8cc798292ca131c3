import assert from "node:assert/strict";
import { optionsWith, sendTo, textOf } from "./sending.ts";
import { answering, closeServers, type RawServer } from "./servers.ts";

describe("the page of a proxy that refuses, framed in no known way", () => {
  afterEach(closeServers);
  const url = "https://api.example.test/";
  const through = ({ port }: RawServer) =>
    optionsWith({}, { proxy: { url: `http://127.0.0.1:${port}`, source: "HTTPS_PROXY" } });

  for (const head of ["-6", "-1", "+4", "0x4", "4.5", "zz", "", " 4", "4 4", "fffffffffffffffff"]) {
    it(`a page in chunks ends at the size ${JSON.stringify(head)}`, async () => {
      const page = `HTTP/1.1 403 X\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\npage\r\n${head}\r\nmore\r\n`;
      const proxy = await answering(page, (socket) => socket.end());
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.deepEqual(
        [exchange.error?.code, await textOf(exchange.response?.body)],
        ["E_PROXY_REFUSED", "page"],
      );
      assert.equal(exchange.response?.complete, false);
      assert.match(
        exchange.response?.warnings.join() ?? "",
        /page is framed wrongly \(HPE_\w+\): it is kept/,
      );
    });
  }

  it("a chunk that says it is 68 GB is kept as far as it came", async () => {
    const page = "HTTP/1.1 403 X\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nmore\r\n";
    const proxy = await answering(page, (socket) => socket.end());
    const { exchange } = await sendTo(url, {}, through(proxy));
    assert.equal(await textOf(exchange.response?.body), "more\r\n");
    assert.match(exchange.response?.warnings.join() ?? "", /page ended too early/);
  });

  for (const [framing, piece] of [
    ["Transfer-Encoding: chunked", `1000\r\n${"x".repeat(4096)}\r\n`],
    ["Connection: close", "x".repeat(4096)],
  ] as const) {
    it(`an endless page (${framing}) is kept up to 64 KB, at once`, async () => {
      const proxy = await answering(`HTTP/1.1 403 X\r\n${framing}\r\n\r\n`, (socket) => {
        const more = () => {
          while (socket.writable && socket.write(piece));
          socket.once("drain", more);
        };
        more();
      });
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.equal(exchange.error?.code, "E_PROXY_REFUSED");
      assert.equal(exchange.response?.body.size, 65_536);
      assert.match(exchange.response?.warnings.join() ?? "", /page is larger than 64 KB/);
      while (proxy.open() > 0) await new Promise(setImmediate);
    });
  }

  for (const endless of ["X-More: x\r\n", "X-More: x"]) {
    it(`an endless head (${JSON.stringify(endless)}) is not read on`, async () => {
      const proxy = await answering("HTTP/1.1 403 X\r\n", (socket) => {
        const more = () => {
          while (socket.writable && socket.write(endless.repeat(1000)));
          socket.once("drain", more);
        };
        more();
      });
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.equal(exchange.error?.phase, "proxy");
      while (proxy.open() > 0) await new Promise(setImmediate);
    });
  }

  it("does not keep anybody waiting by coming in drops", async () => {
    let dropping: NodeJS.Timeout | undefined;
    const proxy = await answering("HTTP/1.1 403 X\r\nContent-Length: 9999\r\n\r\n", (socket) => {
      dropping = setInterval(() => socket.write("x"), 20);
      socket.once("close", () => clearInterval(dropping));
    });
    const options = { ...through(proxy), limits: { ...through(proxy).limits, idle: 200 } };
    const { exchange } = await sendTo(url, {}, options);
    clearInterval(dropping);
    assert.equal(exchange.error?.code, "E_PROXY_REFUSED");
    assert.match((await textOf(exchange.response?.body)) ?? "", /^x{1,40}$/);
  });

  for (const length of ["-5", "1e1", "0x4", "abc"]) {
    it(`a page of the length ${length} goes to its end`, async () => {
      const page = `HTTP/1.1 403 X\r\nContent-Length: ${length}\r\n\r\nthe whole page`;
      const proxy = await answering(page, (socket) => socket.end());
      const { exchange } = await sendTo(url, {}, through(proxy));
      // Node refuses some of these heads itself.
      if (exchange.error?.code === "E_PROXY_REFUSED")
        assert.equal(await textOf(exchange.response?.body), "the whole page");
      else assert.equal(exchange.error?.phase, "proxy");
    });
  }
});
