import type { IncomingMessage } from "node:http";

/** A string in which every character is one byte (0–255), as Node delivers request lines and headers. */
export type ByteString = string;

/** One request as it came off the socket: nothing decoded, joined, sorted or normalised. */
export interface RawRequest {
  readonly method: string;
  /** The request target, query included, undecoded. */
  readonly target: ByteString;
  /** In order, case and duplicates kept. */
  readonly headers: readonly (readonly [name: string, value: ByteString])[];
  readonly body: Uint8Array;
}

/** The raw request of a message whose body has been read. */
export function rawRequest(message: IncomingMessage, body: Uint8Array): RawRequest {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    headers.push([message.rawHeaders[at] ?? "", message.rawHeaders[at + 1] ?? ""]);
  }
  return { method: message.method ?? "", target: message.url ?? "", headers, body };
}

/**
 * The body's bytes, or null when there are more than `limit`. The rest is read and dropped: a client that is still
 * writing would otherwise see its connection reset instead of the answer. Rejects when the client goes away.
 */
export async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= limit ? Buffer.concat(chunks, size) : null;
}

/** The UTF-8 bytes of a text, one character a byte. */
export function toByteString(text: string): ByteString {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Bytes as a person reads them: UTF-8, U+FFFD where they are none. */
export function toText(bytes: ByteString): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
