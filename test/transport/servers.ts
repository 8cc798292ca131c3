import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import * as tls from "node:tls";

/** A server on loopback that does with each connection what a test says. */
export interface RawServer {
  readonly port: number;
  /** Every byte that came in on the connections so far, as Latin-1. */
  readonly received: () => string;
  readonly open: () => number;
  readonly close: () => Promise<void>;
}

type OnConnection = (socket: Socket) => void;

const running: RawServer[] = [];

/** Closes every server that was started; for `afterEach`. */
export async function closeServers(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.close()));
}

export function rawServer(onConnection: OnConnection, host = "127.0.0.1"): Promise<RawServer> {
  return listening(createServer({ allowHalfOpen: true }), "connection", onConnection, host);
}

export function tlsServer(options: tls.TlsOptions, onConnection: OnConnection): Promise<RawServer> {
  const server = tls.createServer(options);
  server.on("tlsClientError", () => undefined);
  return listening(server, "secureConnection", onConnection, "127.0.0.1");
}

/** A server that answers each request head with the given bytes and leaves the connection open, or does `then`. */
export function answering(bytes: string | Uint8Array, then?: OnConnection): Promise<RawServer> {
  return rawServer(answer(bytes, then));
}

/** What `answering` does with a connection. */
export function answer(bytes: string | Uint8Array, then: OnConnection = () => undefined): OnConnection {
  return (socket) => {
    onHead(socket, () => {
      socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, () => then(socket));
    });
  };
}

/** Calls back once, when a whole request head has come in. */
export function onHead(socket: Socket, then: (head: string) => void): void {
  let head = "";
  const listener = (bytes: Buffer) => {
    head += bytes.toString("latin1");
    if (!head.includes("\r\n\r\n")) return;
    socket.removeListener("data", listener);
    socket.resume();
    then(head);
  };
  socket.on("data", listener);
}

async function listening(
  server: Server,
  event: "connection" | "secureConnection",
  onConnection: OnConnection,
  host: string,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const chunks: Buffer[] = [];
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on(event, (socket: Socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => chunks.push(bytes));
    if (event === "connection") socket.on("end", () => socket.end());
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const running_: RawServer = {
    port: (server.address() as AddressInfo).port,
    received: () => Buffer.concat(chunks).toString("latin1"),
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  running.push(running_);
  return running_;
}
