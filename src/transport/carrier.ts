import * as dns from "node:dns";
import type { ClientRequest, RequestOptions } from "node:http";
import type { LookupFunction, Socket, TcpNetConnectOpts } from "node:net";
import { openHttp } from "../net/openHttp.ts";
import { type TlsPeer, tlsOver } from "../net/tls.ts";
import { checkedLookup } from "./checkedLookup.ts";
import { headWriter } from "./requestHead.ts";
import { hostAndPort } from "./route.ts";
import type { Transfer } from "./transfer.ts";

/** The request, opened on a connection of its own and not yet written. */
export function openRequest(transfer: Transfer, tunnel: Socket | null): ClientRequest {
  const { request, route, options } = transfer;
  const viaProxy = route.proxy !== null && !route.tunnel ? route.proxy : null;
  const peer = peerOf(transfer);
  const target = request.target.path + (request.target.query === null ? "" : `?${request.target.query}`);
  const authorization = viaProxy?.authorization ?? null;
  const writer = headWriter(
    request.method,
    authorization === null
      ? request.headers
      : [...request.headers, { name: "Proxy-Authorization", value: authorization, origin: "default" }],
  );
  const settings: RequestOptions = {
    ...writer.options,
    host: viaProxy?.host ?? route.connectHost,
    port: viaProxy?.port ?? route.connectPort,
    path: viaProxy === null ? target : `${request.target.scheme}//${request.target.authority}${target}`,
    maxHeaderSize: options.limits.headBytes,
    insecureHTTPParser: false,
    ...connection(transfer, peer, tunnel),
  };
  const opened = openHttp(settings, peer);
  // Without a limit of Node's own, which would drop fields silently.
  opened.maxHeadersCount = 0;
  writer.complete(opened);
  return opened;
}

/** The look-up of a transfer: timed, and each address checked unless it is the proxy's, which the person chose. */
export function transferLookup(transfer: Transfer): LookupFunction {
  const { route, options } = transfer;
  const lookup: LookupFunction = (...input) => (options.lookup ?? dns.lookup)(...input);
  return checkedLookup(lookup, {
    check: (address, host) => (route.proxy === null ? options.checkAddress(address, host) : null),
    onStart: () => {
      if (transfer.phase() === "connect") transfer.enter("dns");
    },
    onFound: () => {
      if (transfer.phase() === "dns") transfer.enter("connect");
    },
  });
}

/** Null where it goes in plain. */
function peerOf({ route, options }: Transfer): TlsPeer | null {
  const viaProxy = route.proxy !== null && !route.tunnel ? route.proxy : null;
  if (!(viaProxy ?? route).secure) return null;
  return { host: viaProxy?.host ?? route.host, roots: options.tls?.ca ?? [] };
}

function connection(transfer: Transfer, peer: TlsPeer | null, tunnel: Socket | null): ConnectionOptions {
  if (tunnel === null) return { agent: false, lookup: transferLookup(transfer), autoSelectFamily: true };
  return { createConnection: () => (peer === null ? tunnel : tlsOver(tunnel, peer)) };
}

type ConnectionOptions = RequestOptions & Pick<TcpNetConnectOpts, "autoSelectFamily">;

/** The authority of a CONNECT. */
export function tunnelAuthority(transfer: Transfer): string {
  return hostAndPort(transfer.route.connectHost, transfer.route.connectPort);
}
