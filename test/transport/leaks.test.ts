import assert from "node:assert/strict";
import { optionsWith, sendTo, summary } from "./sending.ts";
import { answering, closeServers, rawServer } from "./servers.ts";

/** What keeps the process alive, by kind, without what the test runner itself holds. */
const handles = () =>
  process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|FS|Pipe|DNS|GetAddr|Zlib/.test(kind));

describe("fault 95: after 1000 requests", () => {
  afterEach(closeServers);

  it("no handle is left, whatever became of them", async () => {
    const before = handles();
    const fine = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const cut = await answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", (socket) => socket.end());
    const silent = await rawServer(() => undefined);
    const options = optionsWith({ head: 20, tls: 20 });
    const urls = [
      `http://127.0.0.1:${fine.port}/`,
      `http://127.0.0.1:${cut.port}/`,
      `http://127.0.0.1:${silent.port}/`,
      `https://127.0.0.1:${silent.port}/`,
    ];
    for (let round = 0; round < 50; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => sendTo(urls[at % urls.length] ?? "", {}, options)),
      );
    }
    for (const server of [fine, cut, silent]) {
      while (server.open() > 0) await new Promise(setImmediate);
      await server.close();
    }
    await new Promise(setImmediate);
    assert.deepEqual(handles(), before);
  });

  it("fault 92: 20 at once do not mix", async () => {
    const servers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        answering(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${10 + at}`),
      ),
    );
    const bodies = await Promise.all(
      servers.map(async ({ port }) => (await summary(await sendTo(`http://127.0.0.1:${port}/`))).body),
    );
    assert.deepEqual(
      bodies,
      servers.map((_, at) => String(10 + at)),
    );
  });
});
