import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { type TlsPeer, tlsOptions } from "./tls.ts";

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
    httpsAgent: proxy === null ? new HttpsAgent(tlsOptions(peer)) : new CheckingProxyAgent(proxy, peer),
  };
}

type Connect = HttpsProxyAgent<string>["connect"];

/** The package hands its options to the connection with the proxy alone: the one behind it gets its own here. */
class CheckingProxyAgent extends HttpsProxyAgent<string> {
  readonly #peer: TlsPeer;

  constructor(proxy: string, peer: TlsPeer) {
    super(proxy, tlsOptions({ ...peer, host: hostOf(proxy) }));
    this.#peer = peer;
  }

  override connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
    return super.connect(request, { ...options, ...tlsOptions(this.#peer) });
  }
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, "$1");
}
