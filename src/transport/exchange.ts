import type { UserError } from "../errors.ts";
import type { Exchange, ExchangeResponse } from "../stages.ts";
import type { Arrival, Received } from "./arrival.ts";
import { bodyStorage } from "./bodyFaults.ts";
import { bodyFault, bodyWarnings } from "./bodyFraming.ts";
import { codingsOf, type Decoded, decodeBody } from "./decode.ts";
import { tripError } from "./faultContext.ts";
import { errorCode } from "./faults.ts";
import { proxyRefused } from "./proxyRefusal.ts";
import { storagePlace } from "./storagePlace.ts";
import type { Transfer } from "./transfer.ts";

/** The exchange of a transfer that got an answer, perhaps cut. `late` is what the connection failed of after the head. */
export async function answeredExchange(
  arrival: Arrival,
  late: () => unknown,
  transfer: Transfer,
): Promise<Exchange> {
  const received = await arrival.received;
  transfer.watch.stop();
  transfer.rest();
  const decoded = await decode(arrival, transfer);
  const earlier = faultOf(arrival, received, late(), transfer);
  const fault = earlier ?? decoded.fault;
  const isWhole = received.complete && arrival.fault === null && decoded.fault === null;
  const complete = isWhole && !transfer.ended.aborted;
  // What hides the fault of decoding does not make it untrue.
  const hidden = earlier !== null && decoded.fault !== null ? [decoded.fault.message] : [];
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
    warnings: [...bodyWarnings(arrival, received, late(), transfer), ...hidden, ...decoded.warnings],
  };
  transfer.emit({ type: "end", complete });
  return exchange(transfer, response, fault);
}

/** The exchange of a transfer that ended without an answer from anyone but, perhaps, a proxy. */
export function exchange(
  transfer: Transfer,
  response: ExchangeResponse | null,
  fault: UserError | null,
): Exchange {
  transfer.watch.stop();
  return {
    response,
    error: fault === null ? null : tripError(fault),
    timings: transfer.watch.read(),
    remoteAddress: transfer.remoteAddress(),
  };
}

/** The first thing that went wrong, in the order in which it hides what comes after. */
function faultOf(arrival: Arrival, received: Received, late: unknown, transfer: Transfer): UserError | null {
  if (arrival.fault !== null) return arrival.fault;
  if (received.storageFault !== null) return received.storageFault;
  if (transfer.ended.aborted) return transfer.ended.reason;
  if (!received.complete) return bodyFault(arrival, late, transfer);
  if (arrival.answeredBy === "origin") return null;
  return proxyRefused(arrival.status, arrival.headers, transfer);
}

/** A body that was cut by the end of the transfer is decoded as far as it came; an end that comes later stops decoding. */
async function decode({ headers, status, body }: Arrival, transfer: Transfer): Promise<Decoded> {
  const { limits, storageDirectory } = transfer.options;
  const stop = transfer.ended.aborted ? new AbortController().signal : transfer.ended;
  const all = codingsOf(headers);
  // A part of encoded bytes cannot be decoded by itself: its label speaks of the whole (RFC 9110 section 15.3.7).
  const codings = status === 206 ? all.filter(({ layer }) => layer === "transfer") : all;
  try {
    const decoded = await decodeBody(body, codings, limits, storagePlace(transfer.options), stop);
    return codings === all || codings.length === all.length
      ? decoded
      : { ...decoded, warnings: [...decoded.warnings, partOfEncoded] };
  } catch (error) {
    if (errorCode(error) === "") throw error;
    const fault = bodyStorage(storageDirectory, "The decoded body", error);
    return { body, encodedBody: null, fault, warnings: [] };
  }
}

const partOfEncoded =
  "The answer is a part of an encoded body (206 with Content-Encoding): it is kept as received.";
