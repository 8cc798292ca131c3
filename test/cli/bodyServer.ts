import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What arrived at a server, a request. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  /** Byte for byte. */
  readonly body: string;
}

/** A server on loopback that answers 200 and keeps the bodies that arrived. */
export interface BodyServer {
  readonly port: number;
  readonly arrived: Arrived[];
  close(): Promise<void>;
}

/** Starts such a server. */
export async function startBodyServer(): Promise<BodyServer> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "" } = request;
      arrived.push({ method, url, body: Buffer.concat(chunks).toString("utf8") });
      response.end("ok");
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", () => done());
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    arrived,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
