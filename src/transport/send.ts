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
import { beginTransfer, type Transfer } from "./transfer.ts";
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
  let transfer: Transfer;
  try {
    transfer = beginTransfer(request, options, signal, onEvent);
  } catch (error) {
    return notBegun(error);
  }
  try {
    return await travel(transfer, signal);
  } catch (error) {
    if (!(error instanceof UserError) && errorCode(error) === "") throw error;
    transfer.fail(error);
    return exchange(transfer, null, transfer.ended.reason);
  } finally {
    transfer.close();
  }
}

async function travel(transfer: Transfer, signal: AbortSignal): Promise<Exchange> {
  const { route, options } = transfer;
  if (signal.aborted) transfer.cancel();
  if (isIP(route.connectHost) !== 0 || route.proxy !== null) {
    const refusal = options.checkAddress(route.connectHost, route.connectHost);
    if (refusal !== null) throw refusal;
  }
  transfer.ended.throwIfAborted();
  if (route.proxy === null || !route.tunnel) return carry(transfer, null);
  const tunnel = await openTunnel(transfer, route.proxy);
  if (tunnel.kind === "refused") return refused(tunnel, transfer);
  try {
    return await carry(transfer, tunnel.socket);
  } finally {
    tunnel.socket.destroy();
  }
}

/** Carries the request over: opens it, writes it when there is a connection, takes the answer in. */
async function carry(transfer: Transfer, tunnel: Socket | null): Promise<Exchange> {
  enterFirstPhase(transfer, tunnel);
  const carrier = openRequest(transfer, tunnel);
  if (transfer.phase() === "connect") transfer.enter("connect");
  let late: unknown = null;
  carrier.on("error", (error) => {
    if (transfer.phase() === "body") late ??= error;
    else transfer.fail(error);
  });
  try {
    // Who is told of a phase may end the transfer there and then, before anything waits for its end.
    transfer.ended.throwIfAborted();
    const head = awaitHead(carrier, transfer);
    connected(carrier, transfer).then((socket) => write(socket, carrier, transfer), transfer.fail);
    return await answeredExchange(await head, () => late, transfer);
  } finally {
    carrier.destroy();
  }
}

function enterFirstPhase(transfer: Transfer, tunnel: Socket | null): void {
  if (tunnel !== null) transfer.enter(transfer.route.secure ? "tls" : "send");
  else if (transfer.route.proxy !== null) transfer.enter("proxy");
}

/** Where TLS is due and the connection has none, a proxy is about to answer in the origin's place: it gets nothing. */
function write(socket: Socket, carrier: Parameters<typeof upload>[0], transfer: Transfer): void {
  if (transfer.route.secure && !isEncrypted(socket)) transfer.enter("head");
  else upload(carrier, transfer).catch(transfer.fail);
}

async function refused(
  answer: Extract<TunnelAnswer, { kind: "refused" }>,
  transfer: Transfer,
): Promise<Exchange> {
  const { status, statusText, httpVersion, headers, page } = answer;
  transfer.emit({ type: "head", status, statusText, headers, answeredBy: "proxy" });
  const body = createBodyStore(storagePlace(transfer.options));
  await body.append(page.bytes);
  await body.seal();
  transfer.emit({ type: "end", complete: page.cut === null });
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
    complete: page.cut === null,
    warnings: page.cut === null ? [] : [`The proxy's own page ${page.cut}: it is kept as far as it came.`],
  } as const;
  return exchange(transfer, response, proxyRefused(status, headers, transfer));
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
