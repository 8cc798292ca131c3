import assert from "node:assert/strict";
import { send } from "../../src/transport/send.ts";
import { optionsWith, requestFor, type Sent, sendTo, textOf } from "./sending.ts";
import { answering, closeServers, onHead, rawServer } from "./servers.ts";

describe("cancelling", () => {
  afterEach(closeServers);

  /** Sends, cancels once `phase` is reached and the server is ready, and asserts that it ends at once. */
  async function cancelledIn(
    phase: string,
    url: string,
    ask: Parameters<typeof sendTo>[1],
    options: Parameters<typeof sendTo>[2],
  ): Promise<Sent["exchange"]> {
    const controller = new AbortController();
    let cancelledAt = 0;
    const exchange = await send(
      requestFor(url, ask),
      options ?? optionsWith(),
      controller.signal,
      (event) => {
        if (event.type !== "phase" || event.phase !== phase) return;
        setTimeout(() => {
          cancelledAt = performance.now();
          controller.abort();
        }, 30);
      },
    );
    assert.ok(performance.now() - cancelledAt < 200);
    assert.deepEqual([exchange.error?.code, exchange.error?.phase], ["E_CANCELLED", "cancel"]);
    return exchange;
  }

  it("fault 91: before anything began", async () => {
    const server = await rawServer(() => undefined);
    const { exchange } = await sendTo(
      `http://127.0.0.1:${server.port}/`,
      {},
      optionsWith(),
      AbortSignal.abort(),
    );
    assert.equal(exchange.error?.code, "E_CANCELLED");
    assert.equal(server.open(), 0);
  });

  it("fault 91: in the look-up", async () => {
    const { error } = await cancelledIn(
      "dns",
      "http://api.example.test/",
      {},
      optionsWith({}, { lookup: () => undefined }),
    );
    assert.equal(error?.message, "Cancelled while looking up the name (api.example.test:80).");
  });

  it("fault 91: in the handshake", async () => {
    const server = await rawServer(() => undefined);
    await cancelledIn("tls", `https://127.0.0.1:${server.port}/`, {}, optionsWith());
    await drained(server);
  });

  it("fault 91: while a proxy is waited for", async () => {
    const server = await rawServer(() => undefined);
    const proxy = { url: `http://127.0.0.1:${server.port}`, source: "HTTPS_PROXY" };
    await cancelledIn("proxy", "https://api.example.test/", {}, optionsWith({}, { proxy }));
    await drained(server);
  });

  it("fault 91: in the upload", async () => {
    const server = await rawServer((socket) => socket.pause());
    const body = Buffer.alloc(20 * 1024 * 1024);
    await cancelledIn("send", `http://127.0.0.1:${server.port}/`, { method: "PUT", body }, optionsWith());
  });

  it("fault 91: while the head is waited for", async () => {
    const server = await rawServer((socket) =>
      onHead(socket, () => socket.write("HTTP/1.1 100 Continue\r\n\r\n")),
    );
    const { error } = await cancelledIn("head", `http://127.0.0.1:${server.port}/`, {}, optionsWith());
    assert.equal(error?.message, `Cancelled while waiting for the response (127.0.0.1:${server.port}).`);
    await drained(server);
  });

  it("fault 59, 91: in a body that never ends: what came is kept", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    const { response } = await cancelledIn("body", `http://127.0.0.1:${server.port}/`, {}, optionsWith());
    assert.deepEqual(
      [await textOf(response?.body), response?.complete, response?.status],
      ["hello", false, 200],
    );
    await drained(server);
  });

  it("fault 91: at the very moment in which a phase begins", async () => {
    const server = await rawServer(() => undefined);
    const proxy = { url: `http://127.0.0.1:${server.port}`, source: "HTTPS_PROXY" };
    for (const [phase, url, more] of [
      ["dns", "http://api.example.test/", { lookup: () => undefined }],
      ["connect", `http://127.0.0.1:${server.port}/`, {}],
      ["proxy", "https://api.example.test/", { proxy }],
      ["tls", `https://127.0.0.1:${server.port}/`, {}],
      ["head", `http://127.0.0.1:${server.port}/`, {}],
    ] as const) {
      const controller = new AbortController();
      const exchange = await send(requestFor(url), optionsWith({}, more), controller.signal, (event) => {
        if (event.type === "phase" && event.phase === phase) controller.abort();
      });
      assert.equal(exchange.error?.code, "E_CANCELLED", phase);
    }
    await drained(server);
  });

  it("leaves no listener on the signal", async () => {
    const server = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await sendTo(`http://127.0.0.1:${server.port}/`, {}, optionsWith(), signal);
    assert.equal(listeners, 0);
  });
});

/** Waits until the server has no open connection. */
async function drained(server: { open: () => number }): Promise<void> {
  while (server.open() > 0) await new Promise(setImmediate);
}
