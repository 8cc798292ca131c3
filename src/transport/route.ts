import { UserError } from "../errors.ts";
import type { RequestTarget } from "../stages.ts";
import { isLoopbackHost } from "./loopback.ts";
import { type ProxyEndpoint, parseProxy } from "./proxyUrl.ts";
import type { SendOptions } from "./sendOptions.ts";

/** The way a request takes to its host. Hosts are without brackets. */
export interface Route {
  /** True when the origin is spoken to over TLS. */
  readonly secure: boolean;
  /** The URL's host: what the server's certificate must name. */
  readonly host: string;
  readonly port: number;
  /** Where the connection goes, and where a proxy is asked to connect to. */
  readonly connectHost: string;
  readonly connectPort: number;
  /** True when `connectTo` moved the connection away from the URL's host. */
  readonly moved: boolean;
  readonly proxy: ProxyEndpoint | null;
  /** True when the proxy is asked for a tunnel; else it is given the whole URL. */
  readonly tunnel: boolean;
  /** The origin in words: "api.example.com:443", with the place connected to when it is another. */
  readonly origin: string;
}

/** Plans the way to a target. @throws UserError for a scheme that is not HTTP and a proxy that is no URL. */
export function planRoute(target: RequestTarget, options: Pick<SendOptions, "connectTo" | "proxy">): Route {
  if (target.scheme !== "https:" && target.scheme !== "http:") {
    throw new UserError({
      code: "E_SCHEME",
      phase: "connect",
      message: `Cannot send to ${target.authority}: the scheme ${target.scheme} is not https: or http:.`,
      hint: "Write the URL with https://.",
    });
  }
  const host = withoutBrackets(target.host);
  const connectHost = withoutBrackets(options.connectTo?.host ?? target.host);
  const connectPort = options.connectTo?.port ?? target.port;
  const moved = connectHost !== host || connectPort !== target.port;
  const proxy = options.proxy && !isLoopbackHost(connectHost) ? parseProxy(options.proxy) : null;
  const secure = target.scheme === "https:";
  const named = hostAndPort(host, target.port);
  return {
    secure,
    host,
    port: target.port,
    connectHost,
    connectPort,
    moved,
    proxy,
    tunnel: proxy !== null && (secure || moved),
    origin: moved ? `${named} (by way of ${hostAndPort(connectHost, connectPort)})` : named,
  };
}

/** `host:port`, an IPv6 address in brackets. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}
