import type { Socket } from "node:net";
import { isIP } from "node:net";
import { UserError } from "../errors.ts";
import type { Exchange, SignedRequest } from "../stages.ts";
import { awaitHead } from "./awaitHead.ts";
import { createBodyStore } from "./bodyStore.ts";
import { openRequest } from "./carrier.ts";
import { connected } from "./connected.ts";
import { isEncrypted } from "./encrypted.ts";
import { answeredExchange, exchange } from "./exchange.ts";
import { tripError } from "./faultContext.ts";
import { errorCode } from "./faults.ts";
import { openTunnel, type TunnelAnswer } from "./proxyConnect.ts";
import { proxyRefused } from "./proxyRefusal.ts";
import type { SendOptions, TransferEvent } from "./sendOptions.ts";
import { storagePlace } from "./storagePlace.ts";
import { beginTrip, type Trip } from "./trip.ts";
import { upload } from "./upload.ts";

/**
 * Sends a request on a connection of its own and receives the answer. Faults of the network, of the answer and of the
 * person's patience (`signal`) are `exchange.error`, with whatever arrived kept; nothing is retried or followed.
 * `onEvent` is told what happens as it happens and must not throw. Only a defect of this program is thrown.
 */
export async function send(
  request: SignedRequest,
  options: SendOptions,
  signal: AbortSignal,
  onEvent: (event: TransferEvent) => void = () => undefined,
): Promise<Exchange> {
  let trip: Trip;
  try {
    trip = beginTrip(request, options, signal, onEvent);
  } catch (error) {
    return notBegun(error);
  }
  try {
    return await travel(trip, signal);
  } catch (error) {
    if (!(error instanceof UserError) && errorCode(error) === "") throw error;
    trip.fail(error);
    return exchange(trip, null, trip.ended.reason);
  } finally {
    trip.close();
  }
}

async function travel(trip: Trip, signal: AbortSignal): Promise<Exchange> {
  const { route, options } = trip;
  if (signal.aborted) trip.cancel();
  if (isIP(route.connectHost) !== 0) {
    const refusal = options.checkAddress(route.connectHost, route.connectHost);
    if (refusal !== null) throw refusal;
  }
  trip.ended.throwIfAborted();
  if (route.proxy === null || !route.tunnel) return carry(trip, null);
  const tunnel = await openTunnel(trip, route.proxy);
  if (tunnel.kind === "refused") return refused(tunnel, trip);
  try {
    return await carry(trip, tunnel.socket);
  } finally {
    tunnel.socket.destroy();
  }
}

/** Carries the request over: opens it, writes it when there is a connection, takes the answer in. */
async function carry(trip: Trip, tunnel: Socket | null): Promise<Exchange> {
  enterFirstPhase(trip, tunnel);
  const carrier = openRequest(trip, tunnel);
  if (trip.phase() === "connect") trip.enter("connect");
  let late: unknown = null;
  carrier.on("error", (error) => {
    if (trip.phase() === "body") late ??= error;
    else trip.fail(error);
  });
  try {
    const head = awaitHead(carrier, trip);
    connected(carrier, trip).then((socket) => write(socket, carrier, trip), trip.fail);
    return await answeredExchange(await head, () => late, trip);
  } finally {
    carrier.destroy();
  }
}

function enterFirstPhase(trip: Trip, tunnel: Socket | null): void {
  if (tunnel !== null) trip.enter(trip.route.secure ? "tls" : "send");
  else if (trip.route.proxy !== null) trip.enter("proxy");
}

/** Where TLS is due and the connection has none, a proxy is about to answer in the origin's place: it gets nothing. */
function write(socket: Socket, carrier: Parameters<typeof upload>[0], trip: Trip): void {
  if (trip.route.secure && !isEncrypted(socket)) trip.enter("head");
  else upload(carrier, trip).catch(trip.fail);
}

async function refused(answer: Extract<TunnelAnswer, { kind: "refused" }>, trip: Trip): Promise<Exchange> {
  const { status, statusText, httpVersion, headers } = answer;
  trip.emit({ type: "head", status, statusText, headers, answeredBy: "proxy" });
  const body = createBodyStore(storagePlace(trip.options));
  await body.append(answer.body);
  await body.seal();
  trip.emit({ type: "end", complete: true });
  const response = {
    status,
    statusText,
    httpVersion,
    answeredBy: "proxy",
    headers,
    trailers: [],
    interim: [],
    body,
    encodedBody: null,
    complete: true,
    warnings: [],
  } as const;
  return exchange(trip, response, proxyRefused(status, headers, trip));
}

/** There was no way to the target at all. */
function notBegun(error: unknown): Exchange {
  if (!(error instanceof UserError)) throw error;
  const nothing = {
    proxy: null,
    dns: null,
    connect: null,
    tls: null,
    firstByte: null,
    download: null,
    total: 0,
  };
  return { response: null, error: tripError(error), timings: nothing, remoteAddress: null };
}
