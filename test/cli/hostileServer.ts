import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A server that gives every request the same bytes and closes. */
export interface HostileServer {
  readonly url: string;
  close(): Promise<void>;
}

/** An answer from its parts; text goes out as UTF-8. Nothing is checked: a hostile server would not either. */
export function answerOf(
  head: readonly string[],
  body: string | Uint8Array = "",
  statusLine = "HTTP/1.1 200 OK",
): Buffer {
  const bytes = Buffer.from(body);
  const lines = [statusLine, ...head, `Content-Length: ${bytes.length}`, "Connection: close", "", ""];
  return Buffer.concat([Buffer.from(lines.join("\r\n")), bytes]);
}

/** Starts one on a free port of 127.0.0.1. */
export async function startHostileServer(answer: () => Uint8Array): Promise<HostileServer> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer()));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
