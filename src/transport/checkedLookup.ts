import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import type { UserError } from "../errors.ts";
import { isLocalhostName } from "./loopback.ts";

/** What a look-up tells of itself. */
export interface LookupWatch {
  readonly check: (address: string, host: string) => UserError | null;
  readonly onStart: () => void;
  /** There are addresses, and none is refused. */
  readonly onFound: () => void;
}

type Answer = (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void;

/**
 * A look-up in which every address is checked before any is connected to. Since the connection uses this very
 * answer, no second look-up can give another one. One refused address refuses the name.
 */
export function checkedLookup(lookup: LookupFunction, watch: LookupWatch): LookupFunction {
  return (host, options, callback) => {
    watch.onStart();
    lookupAll(lookup, host, options, (failure, addresses) => {
      const error = failure ?? firstRefusal(watch, host, addresses);
      const first = addresses[0];
      if (error !== null || first === undefined) {
        callback(error ?? notFound(host), "", 0);
        return;
      }
      watch.onFound();
      if (options.all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function firstRefusal(
  watch: LookupWatch,
  host: string,
  addresses: readonly LookupAddress[],
): UserError | null {
  for (const { address } of addresses) {
    const refusal = watch.check(address, host);
    if (refusal !== null) return refusal;
  }
  return null;
}

function lookupAll(
  lookup: LookupFunction,
  host: string,
  options: Parameters<LookupFunction>[1],
  answer: Answer,
): void {
  lookup(host, { ...options, all: true }, (error, found, family) => {
    if (error !== null && error !== undefined) answer(...loopbackInstead(host, error));
    else answer(null, typeof found === "string" ? [{ address: found, family: family ?? 4 }] : found);
  });
}

/** Not every system's resolver knows the names under `localhost`, which RFC 6761 defines. */
function loopbackInstead(host: string, error: NodeJS.ErrnoException): Parameters<Answer> {
  if (!isLocalhostName(host)) return [error, []];
  return [
    null,
    [
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ],
  ];
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${host}`), { code: "ENOTFOUND" });
}
