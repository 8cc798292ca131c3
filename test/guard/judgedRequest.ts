import type { JudgedRequest } from "../../src/guard/requestEffect.ts";

/** How a request is written down in a test: `POST https://host/path?query`, headers, body. */
export interface WrittenRequest {
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
}

/** The judged request of a line `METHOD https://host/path?query`. The URL is taken apart as it stands, decoded nowhere. */
export function judged(line: string, { headers = [], body = "" }: WrittenRequest = {}): JudgedRequest {
  const [, method = "", host = "", path = "", query] =
    /^(\S+) https?:\/\/([^/:?]+)(?::\d+)?([^?]*)(?:\?(.*))?$/s.exec(line) ?? [];
  return {
    method,
    host,
    path: path === "" ? "/" : path,
    query: query ?? null,
    headers: headers.map(([name, value]) => ({ name, value })),
    body: typeof body === "string" ? Buffer.from(body) : body,
  };
}

/** A request that names an operation as the given protocol does. */
export function named(protocol: string, host: string, prefix: string, operation: string): JudgedRequest {
  if (protocol === "cbor") {
    return judged(`POST https://${host}/service/${prefix}/operation/${operation}`, {
      headers: [
        ["Smithy-Protocol", "rpc-v2-cbor"],
        ["Content-Type", "application/cbor"],
      ],
      body: Buffer.from([0xbf, 0x61, 0x78, 0x00, 0xff]),
    });
  }
  if (protocol === "json") {
    return judged(`POST https://${host}/`, {
      headers: [
        ["X-Amz-Target", `${prefix}.${operation}`],
        ["Content-Type", "application/x-amz-json-1.1"],
      ],
      body: "{}",
    });
  }
  return judged(`POST https://${host}/`, {
    headers: [["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"]],
    body: `Action=${operation}&Version=2011-06-15`,
  });
}
