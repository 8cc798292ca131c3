import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

/** Whether a socket speaks TLS. Asked of the socket itself: `node:tls` is then not loaded for what goes in plain. */
export function isEncrypted(socket: Socket): socket is TLSSocket {
  return "encrypted" in socket && socket.encrypted === true;
}
