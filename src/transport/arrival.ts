import type { IncomingMessage } from "node:http";
import { UserError } from "../errors.ts";
import type { Field, InterimResponse } from "../stages.ts";
import { bodyStorage, bodyTooLarge } from "./bodyFaults.ts";
import { createBodyStore, type GrowingBodyStore } from "./bodyStore.ts";
import { drain } from "./drain.ts";
import { fieldsOf, headText } from "./head.ts";
import { malformedStatus } from "./malformedAnswer.ts";
import { storagePlace } from "./storagePlace.ts";
import type { Transfer } from "./transfer.ts";

/** An answer whose head is there and whose body is being received. */
export interface Arrival {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly headers: readonly Field[];
  readonly interim: readonly InterimResponse[];
  readonly answeredBy: "origin" | "proxy";
  /** What is wrong with the head itself, or null. */
  readonly fault: UserError | null;
  readonly body: GrowingBodyStore;
  /** Resolves when no more of the body comes, for whatever reason. Never rejects. */
  readonly received: Promise<Received>;
}

/** How receiving a body came to its end. */
export interface Received {
  readonly trailers: readonly Field[];
  /** True when the message's framing says that this was all. */
  readonly complete: boolean;
  /** Why the body could not be stored, or null. */
  readonly storageFault: UserError | null;
}

/** Takes an answer in: checks its head, tells of it, begins at once to receive its body. */
export function receive(
  message: IncomingMessage,
  interim: readonly InterimResponse[],
  answeredBy: "origin" | "proxy",
  transfer: Transfer,
): Arrival {
  const all = fieldsOf(message.rawHeaders);
  const { fields: limit } = transfer.options.limits;
  const tooMany = all.length > limit ? fieldLimit(all.length, limit, transfer) : null;
  const headers = tooMany === null ? all : all.slice(0, limit);
  const status = message.statusCode ?? 0;
  const statusText = headText(message.statusMessage ?? "");
  const body = createBodyStore(storagePlace(transfer.options));
  transfer.enter("body");
  transfer.emit({ type: "head", status, statusText, headers, answeredBy });
  const received = receiveBody(message, body, transfer);
  if (tooMany !== null) message.destroy();
  return {
    status,
    statusText,
    httpVersion: message.httpVersion,
    headers,
    interim,
    answeredBy,
    fault: tooMany ?? (status < 100 ? malformedStatus(status, transfer.context()) : null),
    body,
    received,
  };
}

async function receiveBody(
  message: IncomingMessage,
  body: GrowingBodyStore,
  transfer: Transfer,
): Promise<Received> {
  const limit = transfer.options.limits.receivedBody ?? Number.POSITIVE_INFINITY;
  let count = 0;
  const storing = drain(
    message,
    (bytes) => body.append(bytes),
    (arrived) => {
      const bytes = arrived.subarray(0, limit - count);
      count += bytes.length;
      transfer.moved();
      if (bytes.length > 0) transfer.emit({ type: "chunk", bytes, received: count });
      if (bytes.length < arrived.length) transfer.fail(bodyTooLarge("receivedBody", limit));
      return bytes;
    },
  );
  await new Promise<void>((resolve) => {
    message.once("end", resolve);
    message.once("close", resolve);
    message.on("error", () => resolve());
    if (transfer.ended.aborted) resolve();
    transfer.ended.addEventListener("abort", () => resolve(), { once: true });
  });
  const { complete } = message;
  // Nothing that still comes may reach a store that is about to be read.
  if (!complete) message.destroy();
  const storageFault = await storing.stored().then(
    () => null,
    (error: unknown) => bodyStorage(transfer.options.storageDirectory, "The response body", error),
  );
  await body.seal().catch(() => undefined);
  return {
    trailers: fieldsOf(message.rawTrailers),
    complete: complete && storageFault === null,
    storageFault,
  };
}

function fieldLimit(count: number, limit: number, transfer: Transfer): UserError {
  return new UserError({
    code: "E_TOO_MANY_FIELDS",
    phase: "head",
    message: `The response head of ${transfer.context().peer} has ${count} fields; the limit (fields) is ${limit}.`,
    hint: `The first ${limit} are kept. This limit is fixed; the server has to send fewer.`,
  });
}
