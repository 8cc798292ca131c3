import { isIP, type Socket } from "node:net";
import * as tls from "node:tls";

/** Whom a TLS connection is made to, and whose certificates count beside those that this process trusts. */
export interface TlsPeer {
  /** What the certificate must name, whatever address is connected to; an IPv6 address without brackets. */
  readonly host: string;
  /** Certificates of authorities, PEM. */
  readonly roots: readonly string[];
}

/** TLS with a host by its name. Certificates are checked, whatever the environment or the application around says. */
export function tlsOptions({ host, roots }: TlsPeer): tls.ConnectionOptions {
  const name = host.replace(/\.$/, "");
  return {
    servername: isIP(name) === 0 ? name : "",
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: true,
    checkServerIdentity: (_connected, certificate) => tls.checkServerIdentity(name, certificate),
    ...(roots.length > 0 && { secureContext: contextWith(roots) }),
  };
}

/** TLS over a connection that is there already: a proxy's tunnel. */
export function tlsOver(socket: Socket, peer: TlsPeer): tls.TLSSocket {
  return tls.connect({ socket, ...tlsOptions(peer) });
}

/** `ca` would take the place of the roots that this process was started with; this adds to them, as VS Code does too. */
function contextWith(roots: readonly string[]): tls.SecureContext {
  const made = tls.createSecureContext();
  for (const root of roots) made.context.addCACert(root);
  return made;
}
