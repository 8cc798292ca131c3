import assert from "node:assert/strict";
import { optionsWith, sendTo, textOf } from "./sending.ts";
import { answering, closeServers, type RawServer } from "./servers.ts";

describe("the page of a proxy that refuses, framed in no known way", () => {
  afterEach(closeServers);
  const url = "https://api.example.test/";
  const through = ({ port }: RawServer) =>
    optionsWith({}, { proxy: { url: `http://127.0.0.1:${port}`, source: "HTTPS_PROXY" } });

  for (const head of ["-6", "-1", "+4", "0x4", "4.5", "zz", "", " 4", "4 4", "fffffffff"]) {
    it(`a page in chunks ends at the size ${JSON.stringify(head)}`, async () => {
      const page = `HTTP/1.1 403 X\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\npage\r\n${head}\r\nmore\r\n`;
      const proxy = await answering(page, (socket) => socket.end());
      const { exchange } = await sendTo(url, {}, through(proxy));
      assert.deepEqual(
        [exchange.error?.code, await textOf(exchange.response?.body)],
        ["E_PROXY_REFUSED", "page"],
      );
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
