import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { isEncrypted } from "./encrypted.ts";
import type { Transfer } from "./transfer.ts";

/**
 * Resolves with the request's socket once it can carry bytes: connected, and after the handshake if there is one.
 * The socket may be in any of these states when it is first seen. The caller listens to the request's errors.
 */
export function connected(request: ClientRequest, transfer: Transfer): Promise<Socket> {
  return new Promise((resolve) => {
    request.once("socket", (socket: Socket) => {
      socket.prependListener("data", (bytes: Buffer) => {
        if (transfer.phase() !== "body") transfer.headBytes(bytes);
      });
      afterConnect(socket, () => {
        transfer.connected(socket.remoteAddress ?? null);
        if (!isEncrypted(socket) || !isHandshaking(socket)) {
          resolve(socket);
          return;
        }
        if (transfer.phase() === "dns" || transfer.phase() === "connect") transfer.enter("tls");
        socket.once("secureConnect", () => resolve(socket));
      });
      noteCertificate(socket, transfer);
    });
  });
}

function afterConnect(socket: Socket, then: () => void): void {
  if (socket.connecting) socket.once("connect", then);
  else then();
}

function isHandshaking(socket: TLSSocket): boolean {
  return !("secureConnecting" in socket) || socket.secureConnecting === true;
}

/** Node verifies on the same event and forgets the certificate with the socket, so it is noted before. */
function noteCertificate(socket: Socket, transfer: Transfer): void {
  if (!isEncrypted(socket)) return;
  socket.prependOnceListener("secure", () => {
    const certificate = socket.getPeerCertificate(true);
    if (certificate !== null && Object.keys(certificate).length > 0) transfer.showed(certificate);
  });
}
