import * as dns from "node:dns";
import * as http from "node:http";
import * as https from "node:https";
import { isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from "node:net";
import * as tls from "node:tls";
import { checkedLookup } from "./checkedLookup.ts";
import { headWriter } from "./requestHead.ts";
import { hostAndPort } from "./route.ts";
import type { Transfer } from "./transfer.ts";

/**
 * The request, opened on a connection of its own and not yet written. It goes by the functions of `node:http(s)`, and
 * not by sockets made here, so that a host application that routes those through its proxy does so for us too.
 */
export function openRequest(transfer: Transfer, tunnel: Socket | null): http.ClientRequest {
  const { request, route, options } = transfer;
  const viaProxy = route.proxy !== null && !route.tunnel ? route.proxy : null;
  const secure = viaProxy === null ? route.secure : viaProxy.secure;
  const target = request.target.path + (request.target.query === null ? "" : `?${request.target.query}`);
  const authorization = viaProxy?.authorization ?? null;
  const writer = headWriter(
    request.method,
    authorization === null
      ? request.headers
      : [...request.headers, { name: "Proxy-Authorization", value: authorization, origin: "default" }],
  );
  const settings: https.RequestOptions = {
    ...writer.options,
    host: viaProxy?.host ?? route.connectHost,
    port: viaProxy?.port ?? route.connectPort,
    path: viaProxy === null ? target : `${request.target.scheme}//${request.target.authority}${target}`,
    maxHeaderSize: options.limits.headBytes,
    insecureHTTPParser: false,
    ...(secure ? tlsOptions(viaProxy?.host ?? route.host, options.tls?.ca) : {}),
    ...connection(transfer, secure, tunnel),
  };
  const opened = (secure ? https : http).request(settings);
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

/** TLS for a host by its name, whatever address is connected to. Verification is on, whatever the environment says. */
export function tlsOptions(host: string, extraCa: readonly string[] | undefined): tls.ConnectionOptions {
  const name = host.replace(/\.$/, "");
  return {
    servername: isIP(name) === 0 ? name : "",
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: true,
    checkServerIdentity: (_connected, certificate) => tls.checkServerIdentity(name, certificate),
    ...(extraCa !== undefined && extraCa.length > 0 ? { ca: [...tls.rootCertificates, ...extraCa] } : {}),
  };
}

function connection(transfer: Transfer, secure: boolean, tunnel: Socket | null): ConnectionOptions {
  if (tunnel === null) return { agent: false, lookup: transferLookup(transfer), autoSelectFamily: true };
  if (!secure) return { createConnection: () => tunnel };
  const { host } = transfer.route;
  return {
    createConnection: () => tls.connect({ socket: tunnel, ...tlsOptions(host, transfer.options.tls?.ca) }),
  };
}

type ConnectionOptions = https.RequestOptions & Pick<TcpNetConnectOpts, "autoSelectFamily">;

/** The authority of a CONNECT. */
export function tunnelAuthority(transfer: Transfer): string {
  return hostAndPort(transfer.route.connectHost, transfer.route.connectPort);
}
