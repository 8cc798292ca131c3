import type { ClientRequest, IncomingMessage, InformationEvent } from "node:http";
import type { Duplex } from "node:stream";
import { UserError } from "../errors.ts";
import type { InterimResponse } from "../stages.ts";
import { type Arrival, receive } from "./arrival.ts";
import { isEncrypted } from "./encrypted.ts";
import { throughProxy } from "./faultContext.ts";
import { fieldsOf, headText } from "./head.ts";
import type { Transfer } from "./transfer.ts";

/** Resolves with the final answer, its body already being received; rejects with the fault that ended the transfer. */
export function awaitHead(request: ClientRequest, transfer: Transfer): Promise<Arrival> {
  const interim: InterimResponse[] = [];
  return new Promise((resolve, reject) => {
    transfer.ended.addEventListener("abort", () => reject(transfer.ended.reason), { once: true });
    request.on("information", (information) => noteInterim(information, interim, transfer));
    const onSwitch = (message: IncomingMessage, socket: Duplex) => {
      socket.on("error", () => undefined).destroy();
      resolve(switched(message, interim, transfer));
    };
    request.once("response", (message) => {
      if (transfer.ended.aborted) return;
      if (message.statusCode === 101) onSwitch(message, message.socket);
      else resolve(receive(message, interim, answeredBy(message, transfer), transfer));
    });
    request.once("upgrade", onSwitch);
    request.once("connect", onSwitch);
  });
}

function noteInterim(information: InformationEvent, interim: InterimResponse[], transfer: Transfer): void {
  const { limits } = transfer.options;
  const received = {
    status: information.statusCode,
    statusText: headText(information.statusMessage),
    headers: fieldsOf(information.rawHeaders),
  };
  interim.push(received);
  transfer.emit({ type: "interim", interim: received });
  if (interim.length <= limits.interim) return;
  const { peer } = transfer.context();
  transfer.fail(
    new UserError({
      code: "E_INTERIM_LIMIT",
      phase: "head",
      message: `${peer} sent more than ${limits.interim} interim answers (the last: ${received.status}) and no final one.`,
      hint: "The server is wrong here, not the request. The limit is interim.",
    }),
  );
}

/**
 * A proxy that a host application put in the way answers in the origin's place: in plain HTTP where the origin
 * would have spoken TLS, or with 407, which only proxies send.
 */
function answeredBy(message: IncomingMessage, transfer: Transfer): "origin" | "proxy" {
  const encrypted = isEncrypted(message.socket);
  if (transfer.route.secure) return encrypted ? "origin" : "proxy";
  return message.statusCode === 407 ? "proxy" : "origin";
}

function switched(
  message: IncomingMessage,
  interim: readonly InterimResponse[],
  transfer: Transfer,
): Arrival {
  const { peer } = transfer.context();
  const arrival = receive(message, interim, "origin", transfer);
  return {
    ...arrival,
    fault: new UserError({
      code: "E_PROTOCOL_SWITCH",
      phase: "head",
      message: `${peer}${throughProxy(transfer.context())} switched to another protocol (status ${message.statusCode}), so there is no HTTP response.`,
      hint: "Only HTTP/1.1 is spoken here; if this is a WebSocket endpoint, it cannot be called by a plain request.",
    }),
  };
}
