import { type ClientRequest, Agent as HttpAgent, type RequestOptions } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { openHttp } from "./openHttp.ts";
import { type TlsPeer, tlsOptions, tlsOver } from "./tls.ts";

/** What carries the calls of the AWS SDK. */
export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/**
 * Agents for one endpoint, for the AWS SDK alone: all else is opened by `openHttp`. Plain http is for loopback alone,
 * which has no proxy.
 * @param proxy URL of the proxy that leads there, or null
 * @param roots certificates of authorities that count too, PEM
 */
export function agentsFor(endpoint: string, proxy: string | null, roots: readonly string[]): Agents {
  const peer = { host: hostOf(endpoint), roots };
  return {
    httpAgent: new HttpAgent(),
    httpsAgent: proxy === null ? new HttpsAgent(tlsOptions(peer)) : new TunnelAgent(proxy, peer),
  };
}

/** A proxy that answered a CONNECT with something else than a tunnel, with the status that it gave. */
function refusedTunnel(proxyStatus: number): Error {
  return Object.assign(new Error("The proxy refused to connect."), { code: "EPROXYREFUSED", proxyStatus });
}

/** Leads each connection through a tunnel of a proxy. What Node's parser does not take of the proxy's answer is an error. */
class TunnelAgent extends HttpsAgent {
  readonly #proxy: URL;
  readonly #peer: TlsPeer;
  readonly #asking = new Set<ClientRequest>();

  constructor(proxy: string, peer: TlsPeer) {
    super();
    this.#proxy = new URL(proxy);
    this.#peer = peer;
  }

  override createConnection(
    { host, port }: RequestOptions,
    callback: (error: Error | null, socket: Duplex) => void = () => undefined,
  ): null {
    const authority = hostAndPort(host ?? "", Number(port ?? 443));
    const connect = openHttp(connectOptions(this.#proxy, authority), proxyPeer(this.#proxy, this.#peer));
    this.#asking.add(connect);
    connect.once("close", () => this.#asking.delete(connect));
    connect.once("error", (error) => failed(error, callback));
    connect.once("connect", ({ statusCode = 0 }, socket: Socket, first) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (first.length > 0) socket.unshift(first);
        callback(null, tlsOver(socket, this.#peer));
        return;
      }
      socket.destroy();
      failed(refusedTunnel(statusCode), callback);
    });
    connect.end();
    return null;
  }

  /** A proxy that is still being waited for is waited for no longer. */
  override destroy(): void {
    for (const connect of this.#asking) connect.destroy();
    super.destroy();
  }
}

/** The types of Node want a socket even then. */
function failed(error: Error, callback: (error: Error, socket: never) => void): void {
  callback(error, undefined as never);
}

function connectOptions(proxy: URL, authority: string): RequestOptions {
  const { username, password } = proxy;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  return {
    method: "CONNECT",
    host: hostOf(proxy.href),
    port: proxy.port || (proxy.protocol === "https:" ? 443 : 80),
    path: authority,
    headers: [
      ...["Host", authority],
      ...(username === "" && password === "" ? [] : ["Proxy-Authorization", authorization]),
    ],
    setHost: false,
    agent: false,
  };
}

function proxyPeer({ protocol, href }: URL, { roots }: TlsPeer): TlsPeer | null {
  return protocol === "https:" ? { host: hostOf(href), roots } : null;
}

function hostAndPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
}
