import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on loopback that answers 200 and keeps what arrived. */
export interface CountingServer {
  readonly port: number;
  readonly url: string;
  /** Request lines and headers, in their order. */
  readonly arrived: readonly Pick<IncomingMessage, "method" | "url" | "headers">[];
  close(): Promise<void>;
}

/** Starts such a server. */
export async function startCountingServer(): Promise<CountingServer> {
  const arrived: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    arrived.push({ method, url, headers });
    response.end("ok");
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", () => done());
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    arrived,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
