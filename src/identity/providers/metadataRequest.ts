import type { ClientRequest } from "node:http";
import { openHttp } from "../../net/openHttp.ts";
import { cancelled } from "../cancellation.ts";

/** One request to an address of this machine's own services. */
export interface MetadataRequest {
  readonly method: "GET" | "PUT";
  /** A URL whose host was checked. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds for the whole request. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** An answer, or why there is none, as a code: `ETIMEDOUT`, `ECONNREFUSED`. */
export type MetadataAnswer =
  | { readonly kind: "answer"; readonly status: number; readonly bytes: Uint8Array }
  | { readonly kind: "fault"; readonly code: string };

/** Bytes; credentials are some two thousand. */
const largest = 64 * 1024;

/**
 * Asks once: no redirect is followed, nothing is tried again, no proxy is used.
 * @throws UserError `E_CANCELLED`
 */
export function askMetadata(asked: MetadataRequest): Promise<MetadataAnswer> {
  const { timeout, signal } = asked;
  return new Promise((resolve, reject) => {
    let late = false;
    const fault = (code: string) => resolve({ kind: "fault", code: late ? "ETIMEDOUT" : code });
    const outgoing = opened(asked);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) outgoing.destroy(Object.assign(new Error("too large"), { code: "EMSGSIZE" }));
        else chunks.push(chunk);
      });
      incoming.on("error", (error: NodeJS.ErrnoException) => fault(error.code ?? "ECONNRESET"));
      incoming.on("end", () => {
        resolve({ kind: "answer", status: incoming.statusCode ?? 0, bytes: Buffer.concat(chunks) });
      });
    });
    const timer = setTimeout(() => {
      late = true;
      outgoing.destroy(Object.assign(new Error("timed out"), { code: "ETIMEDOUT" }));
    }, timeout);
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(cancelled());
      else fault(error.code ?? "ECONNRESET");
    });
    outgoing.on("close", () => clearTimeout(timer));
    outgoing.end();
  });
}

function opened({ method, url, headers, signal }: MetadataRequest): ClientRequest {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const options = { method, host, port, path: `${pathname}${search}`, headers, agent: false, signal };
  return openHttp(options, protocol === "https:" ? { host, roots: [] } : null);
}
