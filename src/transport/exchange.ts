import type { UserError } from "../errors.ts";
import type { Exchange, ExchangeResponse } from "../stages.ts";
import type { Arrival, Received } from "./arrival.ts";
import { bodyFault, bodyWarnings } from "./bodyFraming.ts";
import { contentCodings, type Decoded, decodeBody } from "./decode.ts";
import { tripError } from "./faultContext.ts";
import { proxyRefused } from "./proxyRefusal.ts";
import { storagePlace } from "./storagePlace.ts";
import type { Trip } from "./trip.ts";

/** The exchange of a trip that got an answer, perhaps cut. `late` is what the connection failed of after the head. */
export async function answeredExchange(arrival: Arrival, late: () => unknown, trip: Trip): Promise<Exchange> {
  const received = await arrival.received;
  const fault = faultOf(arrival, received, late(), trip);
  const complete = received.complete && arrival.fault === null && !trip.ended.aborted;
  trip.watch.stop();
  trip.rest();
  const decoded = await decode(arrival, trip);
  const response: ExchangeResponse = {
    status: arrival.status,
    statusText: arrival.statusText,
    httpVersion: arrival.httpVersion,
    answeredBy: arrival.answeredBy,
    headers: arrival.headers,
    trailers: received.trailers,
    interim: arrival.interim,
    body: decoded.body,
    encodedBody: decoded.encodedBody,
    complete,
    warnings: [...bodyWarnings(arrival, received, late(), trip), ...decoded.warnings],
  };
  trip.emit({ type: "end", complete });
  return exchange(trip, response, fault);
}

/** The exchange of a trip that ended without an answer from anyone but, perhaps, a proxy. */
export function exchange(trip: Trip, response: ExchangeResponse | null, fault: UserError | null): Exchange {
  trip.watch.stop();
  return {
    response,
    error: fault === null ? null : tripError(fault),
    timings: trip.watch.read(),
    remoteAddress: trip.remoteAddress(),
  };
}

/** The first thing that went wrong, in the order in which it hides what comes after. */
function faultOf(arrival: Arrival, received: Received, late: unknown, trip: Trip): UserError | null {
  if (arrival.fault !== null) return arrival.fault;
  if (received.storageFault !== null) return received.storageFault;
  if (trip.ended.aborted) return trip.ended.reason;
  if (!received.complete) return bodyFault(arrival, late, trip);
  if (arrival.answeredBy === "origin") return null;
  return proxyRefused(arrival.status, arrival.headers, trip);
}

/** A body that was cut by the end of the trip is decoded as far as it came; an end that comes later stops decoding. */
async function decode(arrival: Arrival, trip: Trip): Promise<Decoded> {
  const { limits, storageDirectory } = trip.options;
  const stop = trip.ended.aborted ? new AbortController().signal : trip.ended;
  const codings = contentCodings(arrival.headers);
  try {
    return await decodeBody(arrival.body, codings, limits, storagePlace(trip.options), stop);
  } catch {
    const warning = `The decoded body could not be written to ${storageDirectory}; it is shown still encoded.`;
    return { body: arrival.body, encodedBody: null, warnings: [warning] };
  }
}
