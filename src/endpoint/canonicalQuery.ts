import { percentDecode, percentEncode } from "./percentCoding.ts";
import type { ByteString } from "./rawRequest.ts";

/** One query parameter, decoded to bytes. */
export type Parameter = readonly [name: ByteString, value: ByteString];

/** A request target's path and the query behind its first `?` ("" when there is none), undecoded. */
export function splitTarget(target: ByteString): { readonly path: ByteString; readonly query: ByteString } {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The parameters of a query as a server reads them: `+` is a space, `key` has an empty value, empty pairs are none. */
export function readQuery(query: ByteString): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    parameters.push(
      equals < 0 ? [decode(pair), ""] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))],
    );
  }
  return parameters;
}

/** The canonical query string: every name and value encoded, sorted by encoded name, then encoded value. */
export function canonicalQuery(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function decode(encoded: ByteString): ByteString {
  return percentDecode(encoded.replaceAll("+", " "));
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
