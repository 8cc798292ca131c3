import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

/** A request as its bytes arrived. */
export interface WireRequest {
  readonly line: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A server on loopback that keeps the bytes of what arrives, read by nobody's HTTP parser. */
export interface WireServer {
  readonly port: number;
  /** What has arrived since the last call. */
  take(): readonly WireRequest[];
  close(): Promise<void>;
}

const answer = Buffer.from('{"token":"t0ken","id":7,"items":[{"id":1}]}');
const answerHead = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Token: h3ader\r\nContent-Length: ${answer.length}\r\nConnection: close\r\n\r\n`;

/** Starts such a server; it answers every request with the same JSON and closes the connection. */
export async function startWireServer(): Promise<WireServer> {
  let arrived: WireRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const request = readRequest(bytes);
      if (request === null) return;
      bytes = Buffer.alloc(0);
      arrived.push(request);
      const isHead = request.line.startsWith("HEAD ");
      socket.end(isHead ? answerHead : Buffer.concat([Buffer.from(answerHead), answer]));
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", () => done());
  });
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = arrived;
      arrived = [];
      return taken;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** The request that these bytes are, or null while it is not complete. */
function readRequest(bytes: Buffer): WireRequest | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [line = "", ...fields] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers = fields.map((field): readonly [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  const value = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const rest = bytes.subarray(end + 4);
  if (value("transfer-encoding") === "chunked") {
    const body = unchunked(rest);
    return body === null ? null : { line, headers, body };
  }
  const length = Number(value("content-length") ?? "0");
  return rest.length < length ? null : { line, headers, body: rest.subarray(0, length) };
}

/** The content of a chunked body, or null while its last chunk is missing. */
function unchunked(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const start = lineEnd + 2;
    if (bytes.length < start + size + 2) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}
