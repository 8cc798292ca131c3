import type { Header } from "../stages.ts";

/** Headers that proxies and clients change on the way: signing them would break a true signature. */
const changedOnTheWay = new Set(["forwarded", "via", "accept-encoding"]);

/** Replaced or made by signing, so never taken from the file. `Date` is sent as typed but not signed. */
const madeBySigning = new Set(["authorization", "x-amz-date", "x-amz-security-token", "date"]);

/**
 * The headers that are given to the signer: host, all that the person typed and what
 * signing itself adds, duplicates joined with "," in order.
 * The signer leaves out the hop-by-hop ones of its own list. Our own defaults are never signed.
 */
export function signableHeaders(headers: readonly Header[]): Record<string, string> {
  const joined: Record<string, string> = Object.create(null);
  for (const header of headers) {
    const name = header.name.toLowerCase();
    if (!isSignable(name, header)) continue;
    const before = joined[name];
    const value = collapseBlanks(header.value);
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
}

function isSignable(name: string, header: Header): boolean {
  if (name === "host") return true;
  if (header.origin === "default") return false;
  return !changedOnTheWay.has(name) && !madeBySigning.has(name) && !name.startsWith("x-forwarded-");
}

const blanks = /[ \t\r\n]+/g;

function collapseBlanks(value: string): string {
  return value.replace(blanks, " ").trim();
}
