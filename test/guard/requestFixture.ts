import type { Header, RequestTarget, ResolvedRequest } from "../../src/stages.ts";

type Changes = Partial<Omit<ResolvedRequest, "target">> & { readonly target?: Partial<RequestTarget> };

/** A range on one zero-based line. */
export function onLine(line: number): NonNullable<Header["range"]> {
  return { start: { line, column: 0 }, end: { line, column: 9 } };
}

/** A typed header on a zero-based line. */
export function typed(name: string, value: string, line = 3): Header {
  return { name, value, origin: "typed", range: onLine(line) };
}

/** A request that nothing is wrong with, but for the given changes. */
export function requestWith(changes: Changes = {}): ResolvedRequest {
  const target: RequestTarget = {
    typed: "https://api.example.com/pets?limit=1",
    scheme: "https:",
    host: "api.example.com",
    port: 443,
    authority: "api.example.com",
    path: "/pets",
    query: "limit=1",
    ...changes.target,
  };
  return {
    name: null,
    title: "",
    line: 2,
    method: "GET",
    headers: [{ name: "Host", value: target.authority, origin: "default" }],
    body: new Uint8Array(),
    settings: {},
    outsideValues: [],
    privateValues: [],
    ...changes,
    target,
  };
}
