import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { isEncrypted } from "./encrypted.ts";
import type { Trip } from "./trip.ts";

/**
 * Resolves with the request's socket once it can carry bytes: connected, and after the handshake if there is one.
 * The socket may be in any of these states when it is first seen. The caller listens to the request's errors.
 */
export function connected(request: ClientRequest, trip: Trip): Promise<Socket> {
  return new Promise((resolve) => {
    request.once("socket", (socket: Socket) => {
      socket.prependListener("data", (bytes: Buffer) => {
        if (trip.phase() !== "body") trip.headBytes(bytes);
      });
      afterConnect(socket, () => {
        trip.connected(socket.remoteAddress ?? null);
        if (!isEncrypted(socket) || !isHandshaking(socket)) {
          resolve(socket);
          return;
        }
        if (trip.phase() === "dns" || trip.phase() === "connect") trip.enter("tls");
        socket.once("secureConnect", () => resolve(socket));
      });
      noteCertificate(socket, trip);
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
function noteCertificate(socket: Socket, trip: Trip): void {
  if (!isEncrypted(socket)) return;
  socket.prependOnceListener("secure", () => {
    const certificate = socket.getPeerCertificate(true);
    if (certificate !== null && Object.keys(certificate).length > 0) trip.showed(certificate);
  });
}
