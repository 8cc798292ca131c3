import type { ClientRequest, RequestOptions } from "node:http";
import type { Header } from "../stages.ts";
import { wireText } from "./head.ts";

/** How Node is made to write a request head as it is. */
export interface HeadWriter {
  /** For `http.request`. */
  readonly options: Pick<RequestOptions, "method" | "headers" | "setHost">;
  /** Called with the request before anything is written. */
  readonly complete: (request: ClientRequest) => void;
}

/** Methods for which Node does not think of a body by itself. */
const bodilessMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/**
 * Header fields exactly as given: order, case, duplicates. Node adds `Connection: close` unless it is among them,
 * which is what happens anyway, and nothing else.
 *
 * Given as a list, Node writes fields verbatim; but then it upper-cases the method, and it chunks a POST without
 * Content-Length and writes a head with Expect before it has a connection. Such a request takes Node's other way, which writes fields of the same name next to one another.
 */
export function headWriter(method: string, headers: readonly Header[]): HeadWriter {
  const fields = headers.map(({ name, value }) => [name, wireText(value)] as const);
  const framed = headers.some(({ name }) => /^(?:content-length|transfer-encoding)$/i.test(name));
  const expects = headers.some(({ name }) => /^expect$/i.test(name));
  if (method === method.toUpperCase() && (framed || bodilessMethods.has(method)) && !expects) {
    return { options: { method, headers: fields.flat(), setHost: false }, complete: () => undefined };
  }
  return {
    options: { method, setHost: false },
    complete(request) {
      request.method = method;
      request.removeHeader("Content-Length");
      request.removeHeader("Transfer-Encoding");
      for (const [name, value] of fields) request.appendHeader(name, value);
    },
  };
}
