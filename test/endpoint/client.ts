import http from "node:http";
import net from "node:net";
import { toByteString } from "../../src/endpoint/rawRequest.ts";
import { type Endpoint, type EndpointOptions, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { bytesOf, keys, noon, signedRequest, type ToSign, type WireRequest } from "./signedRequest.ts";

/** An answer, read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** False when the connection ended before the body did. */
  readonly complete: boolean;
}

/** Sends a request's very characters over a connection of its own. */
export function send(port: number, request: WireRequest): Promise<Reply> {
  const headers = request.headers.map(([name, value]): [string, string] => [name, toByteString(value)]);
  const options = { host: "127.0.0.1", port, method: request.method, path: request.path, agent: false };
  return new Promise((resolve, reject) => {
    const sent = http.request({ ...options, headers: headers.flat() }, (message) => {
      const chunks: Buffer[] = [];
      message.on("data", (chunk: Buffer) => chunks.push(chunk));
      message.on("error", () => undefined);
      message.on("close", () => {
        const { statusCode = 0, headers: received, complete } = message;
        resolve({ status: statusCode, headers: received, body: Buffer.concat(chunks), complete });
      });
    });
    sent.on("error", reject);
    const body = bytesOf(request.body);
    const hasLength = request.headers.some(([name]) => name.toLowerCase() === "content-length");
    if (body.length > 0 && !hasLength) sent.setHeader("Content-Length", body.length);
    // As bytes: a text would be written together with the head, which Node then encodes as UTF-8 too.
    sent.end(body);
  });
}

/** Writes bytes and reads until the endpoint closes the connection. */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    let received = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      received += String(chunk);
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
    socket.write(bytes, "latin1");
  });
}

/** An endpoint on a free port whose clock stands at noon. */
export function startAtNoon(options: Partial<EndpointOptions> = {}): Promise<Endpoint> {
  return startEndpoint({ port: 0, credentials: [keys], now: () => noon, ...options });
}

/** Signs for the endpoint, sends, and reads the answer. */
export function sendSigned(endpoint: Endpoint, request: ToSign): Promise<Reply> {
  return send(endpoint.port, signedRequest({ host: endpoint.authority, ...request }));
}

/** The JSON of a reply. */
export function jsonOf(reply: Reply): unknown {
  return JSON.parse(reply.body.toString("utf8"));
}
