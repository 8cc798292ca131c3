import type { ClientRequest, IncomingMessage, InformationEvent } from "node:http";
import type { Duplex } from "node:stream";
import { UserError } from "../errors.ts";
import type { InterimResponse } from "../stages.ts";
import { type Arrival, receive } from "./arrival.ts";
import { isEncrypted } from "./encrypted.ts";
import { throughProxy } from "./faultContext.ts";
import { fieldsOf, headText } from "./head.ts";
import type { Trip } from "./trip.ts";

/** Resolves with the final answer, its body already being received; rejects with the fault that ended the trip. */
export function awaitHead(request: ClientRequest, trip: Trip): Promise<Arrival> {
  const interim: InterimResponse[] = [];
  return new Promise((resolve, reject) => {
    trip.ended.addEventListener("abort", () => reject(trip.ended.reason), { once: true });
    request.on("information", (information) => noteInterim(information, interim, trip));
    const onSwitch = (message: IncomingMessage, socket: Duplex) => {
      socket.on("error", () => undefined).destroy();
      resolve(switched(message, interim, trip));
    };
    request.once("response", (message) => {
      if (trip.ended.aborted) return;
      if (message.statusCode === 101) onSwitch(message, message.socket);
      else resolve(receive(message, interim, answeredBy(message, trip), trip));
    });
    request.once("upgrade", onSwitch);
    request.once("connect", onSwitch);
  });
}

function noteInterim(information: InformationEvent, interim: InterimResponse[], trip: Trip): void {
  const { limits } = trip.options;
  const received = {
    status: information.statusCode,
    statusText: headText(information.statusMessage),
    headers: fieldsOf(information.rawHeaders),
  };
  interim.push(received);
  trip.emit({ type: "interim", interim: received });
  if (interim.length <= limits.interim) return;
  const { peer } = trip.context();
  trip.fail(
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
function answeredBy(message: IncomingMessage, trip: Trip): "origin" | "proxy" {
  const encrypted = isEncrypted(message.socket);
  if (trip.route.secure) return encrypted ? "origin" : "proxy";
  return message.statusCode === 407 ? "proxy" : "origin";
}

function switched(message: IncomingMessage, interim: readonly InterimResponse[], trip: Trip): Arrival {
  const { peer } = trip.context();
  const arrival = receive(message, interim, "origin", trip);
  return {
    ...arrival,
    fault: new UserError({
      code: "E_PROTOCOL_SWITCH",
      phase: "head",
      message: `${peer}${throughProxy(trip.context())} switched to another protocol (status ${message.statusCode}), so there is no HTTP response.`,
      hint: "Only HTTP/1.1 is spoken here; if this is a WebSocket endpoint, it cannot be called by a plain request.",
    }),
  };
}
