import type { IncomingMessage } from "node:http";
import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import type { Field } from "../stages.ts";
import { tlsOptions, tripLookup, tunnelAuthority } from "./carrier.ts";
import { fieldsOf, headText } from "./head.ts";
import { readRefusal } from "./proxyRefusal.ts";
import type { ProxyEndpoint } from "./proxyUrl.ts";
import type { Trip } from "./trip.ts";

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
      readonly body: Uint8Array;
    };

/**
 * Asks the proxy for a tunnel to the origin (RFC 9110 section 9.3.6). Nothing of the request goes along but its
 * host and port. Rejects with the fault that ended the trip.
 */
export async function openTunnel(trip: Trip, proxy: ProxyEndpoint): Promise<TunnelAnswer> {
  trip.enter("proxy");
  const request = connectRequest(trip, proxy);
  request.on("error", (error) => trip.fail(error));
  trip.ended.addEventListener("abort", () => request.destroy(), { once: true });
  return new Promise((resolve, reject) => {
    trip.ended.addEventListener("abort", () => reject(trip.ended.reason), { once: true });
    const note = (bytes: Buffer) => trip.headBytes(bytes);
    request.once("socket", (socket) => {
      socket.once("connect", () => trip.connected(socket.remoteAddress ?? null));
      socket.prependListener("data", note);
    });
    request.once("connect", (message, socket, first) => {
      socket.removeListener("data", note);
      answered(message, socket, first, trip).then(resolve, (error: unknown) => trip.fail(error));
    });
    request.end();
  });
}

function connectRequest(trip: Trip, proxy: ProxyEndpoint): http.ClientRequest {
  const authority = tunnelAuthority(trip);
  const headers = ["Host", authority];
  if (proxy.authorization !== null) headers.push("Proxy-Authorization", proxy.authorization);
  return (proxy.secure ? https : http).request({
    method: "CONNECT",
    host: proxy.host,
    port: proxy.port,
    path: authority,
    headers,
    agent: false,
    setHost: false,
    lookup: tripLookup(trip),
    maxHeaderSize: trip.options.limits.headBytes,
    insecureHTTPParser: false,
    ...(proxy.secure ? tlsOptions(proxy.host, trip.options.tls?.ca) : {}),
  });
}

async function answered(
  message: IncomingMessage,
  socket: Socket,
  first: Buffer,
  trip: Trip,
): Promise<TunnelAnswer> {
  const status = message.statusCode ?? 0;
  trip.ended.addEventListener("abort", () => socket.destroy(), { once: true });
  socket.on("error", () => undefined);
  if (status >= 200 && status < 300) {
    trip.forgetHead();
    if (first.length > 0) socket.unshift(first);
    return { kind: "open", socket };
  }
  trip.rest();
  const headers = fieldsOf(message.rawHeaders);
  const body = await readRefusal(socket, first, headers, trip.options.limits.idle);
  socket.destroy();
  return {
    kind: "refused",
    status,
    statusText: headText(message.statusMessage ?? ""),
    httpVersion: message.httpVersion,
    headers,
    body,
  };
}
