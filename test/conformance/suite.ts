import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Header, RequestTarget } from "../../src/stages.ts";

/** A file of ../shared beside the checkout, parsed; null in a clone that stands alone. */
export function readShared<T>(path: string): T | null {
  const file = resolve(__dirname, "../../../shared", path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

const defaultPorts = new Map([
  ["https:", 443],
  ["wss:", 443],
  ["http:", 80],
]);

/** The target of a URL that is already as it goes on the wire; no URL parser touches it. */
export function targetOfWireUrl(url: string): RequestTarget {
  const [, scheme = "", typed = "", path = "", query] =
    /^(\w+:)\/\/([^/?]*)([^?]*)(?:\?(.*))?$/s.exec(url) ?? [];
  const authority = typed.toLowerCase().replace(new RegExp(`:${defaultPorts.get(scheme)}$`), "");
  const host = authority.replace(/:\d+$/, "");
  return { typed: url, scheme, host, port: 0, authority, path, query: query ?? null };
}

/** Headers as typed, with the Host that the target wants unless one was typed. */
export function headersOf(target: RequestTarget, typed: readonly (readonly [string, string])[]): Header[] {
  const headers = typed.map(([name, value]): Header => ({ name, value, origin: "typed" }));
  if (headers.some(({ name }) => name.toLowerCase() === "host")) return headers;
  return [{ name: "Host", value: target.authority, origin: "default" }, ...headers];
}

/** `20150830T123600Z` as a Date. */
export function dateOf(basic: string): Date {
  return new Date(basic.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
