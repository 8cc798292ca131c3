import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";

/** Header lines of an answer, in order. */
export type AnswerHeaders = readonly (readonly [name: string, value: string])[];

/** What a route answers; a value, so that a route can be tested without a socket. */
export type Answer = {
  readonly status: number;
  readonly headers: AnswerHeaders;
} & (
  | { readonly kind: "whole"; readonly body: Uint8Array; readonly delayMs?: number }
  /** Without a length, chunk by chunk. */
  | { readonly kind: "chunks"; readonly chunks: Iterable<Uint8Array> }
  /** `promised` bytes in Content-Length, `body` sent, then the connection is closed. */
  | { readonly kind: "cut"; readonly promised: number; readonly body: Uint8Array }
);

/** A JSON answer; the text ends in no newline, as API Gateway's. */
export function jsonAnswer(status: number, value: unknown, headers: AnswerHeaders = []): Answer {
  return {
    kind: "whole",
    status,
    headers: [["Content-Type", "application/json"], ...headers],
    body: Buffer.from(JSON.stringify(value), "utf8"),
  };
}

/** An answer without a body. */
export function emptyAnswer(status: number, headers: AnswerHeaders = []): Answer {
  return { kind: "whole", status, headers, body: new Uint8Array() };
}

/** Writes an answer; `common` headers go first. Returns early when the client goes away, and leaves no timer behind. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  common: AnswerHeaders,
): Promise<void> {
  if (answer.kind === "whole" && answer.delayMs !== undefined) await delayOrGone(response, answer.delayMs);
  if (response.destroyed) return;
  const head = [...common, ...answer.headers].flat();
  switch (answer.kind) {
    case "whole":
      response.writeHead(answer.status, [...head, ...lengthOf(answer.status, answer.body)]);
      response.end(answer.body);
      return;
    case "chunks":
      response.writeHead(answer.status, head);
      await pipeline(Readable.from(answer.chunks, { objectMode: true }), response).catch(whenGone(response));
      return;
    case "cut":
      response.writeHead(answer.status, [...head, "Content-Length", String(answer.promised)]);
      response.write(answer.body, () => response.destroy());
  }
}

// 204 and 304 have no body, so a length would be a lie (RFC 9110, section 8.6).
function lengthOf(status: number, body: Uint8Array): readonly string[] {
  return status === 204 || status === 304 ? [] : ["Content-Length", String(body.length)];
}

async function delayOrGone(response: ServerResponse, ms: number): Promise<void> {
  const gone = new AbortController();
  const stop = () => gone.abort();
  response.once("close", stop);
  await delay(ms, undefined, { signal: gone.signal }).catch(whenGone(response));
  response.removeListener("close", stop);
}

function whenGone(response: ServerResponse): (error: unknown) => void {
  return (error) => {
    if (!response.destroyed) throw error;
  };
}
