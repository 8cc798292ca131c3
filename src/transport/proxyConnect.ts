import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { openHttp } from "../net/openHttp.ts";
import type { Field } from "../stages.ts";
import { transferLookup, tunnelAuthority } from "./carrier.ts";
import { fieldsOf, headText } from "./head.ts";
import { type RefusalPage, readRefusal } from "./proxyRefusal.ts";
import type { ProxyEndpoint } from "./proxyUrl.ts";
import type { Transfer } from "./transfer.ts";

/** What a proxy made of a CONNECT. */
export type TunnelAnswer =
  | { readonly kind: "open"; readonly socket: Socket }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly statusText: string;
      readonly httpVersion: string;
      readonly headers: readonly Field[];
      /** The beginning of the proxy's own page. */
      readonly page: RefusalPage;
    };

/**
 * Asks the proxy for a tunnel to the origin (RFC 9110 section 9.3.6). Nothing of the request goes along but its
 * host and port. Rejects with the fault that ended the transfer.
 */
export async function openTunnel(transfer: Transfer, proxy: ProxyEndpoint): Promise<TunnelAnswer> {
  transfer.enter("proxy");
  transfer.ended.throwIfAborted();
  const request = connectRequest(transfer, proxy);
  request.on("error", (error) => transfer.fail(error));
  transfer.ended.addEventListener("abort", () => request.destroy(), { once: true });
  return new Promise((resolve, reject) => {
    transfer.ended.addEventListener("abort", () => reject(transfer.ended.reason), { once: true });
    const note = (bytes: Buffer) => transfer.headBytes(bytes);
    request.once("socket", (socket) => {
      socket.once("connect", () => transfer.connected(socket.remoteAddress ?? null));
      socket.prependListener("data", note);
    });
    request.once("connect", (message, socket, first) => {
      socket.removeListener("data", note);
      answered(message, socket, first, transfer).then(resolve, (error: unknown) => transfer.fail(error));
    });
    request.end();
  });
}

function connectRequest(transfer: Transfer, proxy: ProxyEndpoint): ClientRequest {
  const authority = tunnelAuthority(transfer);
  const headers = ["Host", authority];
  if (proxy.authorization !== null) headers.push("Proxy-Authorization", proxy.authorization);
  const options = {
    method: "CONNECT",
    host: proxy.host,
    port: proxy.port,
    path: authority,
    headers,
    agent: false,
    setHost: false,
    lookup: transferLookup(transfer),
    maxHeaderSize: transfer.options.limits.headBytes,
    insecureHTTPParser: false,
  };
  return openHttp(options, proxy.secure ? { host: proxy.host, roots: transfer.options.tls?.ca ?? [] } : null);
}

async function answered(
  message: IncomingMessage,
  socket: Socket,
  first: Buffer,
  transfer: Transfer,
): Promise<TunnelAnswer> {
  const status = message.statusCode ?? 0;
  transfer.ended.addEventListener("abort", () => socket.destroy(), { once: true });
  socket.on("error", () => undefined);
  if (status >= 200 && status < 300) {
    transfer.forgetHead();
    if (first.length > 0) socket.unshift(first);
    return { kind: "open", socket };
  }
  transfer.rest();
  const headers = fieldsOf(message.rawHeaders);
  const page = await readRefusal(socket, first, { status, headers }, transfer.options.limits.idle);
  socket.destroy();
  return {
    kind: "refused",
    status,
    statusText: headText(message.statusMessage ?? ""),
    httpVersion: message.httpVersion,
    headers,
    page,
  };
}
