import assert from "node:assert/strict";
import { optionsWith, sendTo, summary } from "./sending.ts";
import { answering, closeServers, onHead, rawServer } from "./servers.ts";

describe("the limit of a body", () => {
  afterEach(closeServers);

  for (const [title, head, frame] of [
    ["of no length", "", (bytes: string) => bytes],
    ["of a length", "Content-Length: 5000000\r\n", (bytes: string) => bytes],
    [
      "in chunks",
      "Transfer-Encoding: chunked\r\n",
      (bytes: string) => `${bytes.length.toString(16)}\r\n${bytes}\r\n`,
    ],
  ] as const) {
    it(`fault 59, 70: a body ${title} that is larger than its limit is kept up to there`, async () => {
      let closed: () => void = () => undefined;
      const closing = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const server = await rawServer((socket) => {
        socket.once("close", closed);
        onHead(socket, () => {
          const more = () => {
            while (!socket.destroyed && socket.write(frame("x".repeat(50_000))));
          };
          socket.on("drain", more);
          socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n`);
          more();
        });
      });
      const limits = { receivedBody: 1_500_000, memoryBody: 1000 };
      const sent = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith(limits));
      const { response, error } = sent.exchange;
      assert.deepEqual(
        [error?.code, error?.phase, response?.complete, response?.body.size],
        ["E_BODY_TOO_LARGE", "body", false, 1_500_000],
      );
      assert.match(error?.message ?? "", /the limit of 1\.4 MB \(receivedBody\)/);
      assert.match(error?.hint ?? "", /--output FILE/);
      await closing;
      await response?.body.dispose();
    });
  }

  it("a body that is exactly as large as its limit is whole", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    const sent = await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith({ receivedBody: 3 }));
    const { error, body, complete } = await summary(sent);
    assert.deepEqual({ error, body, complete }, { error: null, body: "abc", complete: true });
  });
});
