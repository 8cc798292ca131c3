import { decodeToBytes, encodeBytes, encodeText } from "./percentEncoding.ts";

type Pair = readonly [name: string, value: string];

const nothingToDecode = /^[A-Za-z0-9\-._~]*$/;

/**
 * The canonical query: each name and value decoded and encoded again (RFC 3986, space as `%20`), sorted by encoded
 * name, then value. `key` alone becomes `key=`, repeated keys are all kept, empty pairs (`a=1&&b=2`) are dropped.
 * `added` are parameters that presigning puts beside those on the wire, unencoded.
 */
export function canonicalQuery(
  wireQuery: string | null,
  added: ReadonlyMap<string, string> = new Map(),
): string {
  const pairs: Pair[] = [];
  for (const [name, value] of added) pairs.push([encodeText(name), encodeText(value)]);
  if (wireQuery !== null && wireQuery !== "") {
    for (const part of wireQuery.split("&")) {
      if (part !== "") pairs.push(readPair(part));
    }
  }
  return pairs
    .sort(byNameThenValue)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function readPair(part: string): Pair {
  const equals = part.indexOf("=");
  return equals < 0
    ? [reencode(part), ""]
    : [reencode(part.slice(0, equals)), reencode(part.slice(equals + 1))];
}

/** Servers read a "+" in a query as a space; it never goes on the wire in a request that we sign. */
function reencode(text: string): string {
  return nothingToDecode.test(text) ? text : encodeBytes(decodeToBytes(text.replaceAll("+", " ")));
}

function byNameThenValue(left: Pair, right: Pair): number {
  return compare(left[0], right[0]) || compare(left[1], right[1]);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
