import type { LookupFunction } from "node:net";

/** A look-up that fails with a code of the system. */
export const failingLookup =
  (code: string): LookupFunction =>
  (_host, _options, callback) =>
    setImmediate(() => callback(Object.assign(new Error("look-up failed"), { code }), []));

/** A look-up that gives these addresses, in this order. */
export const resolvingTo =
  (...addresses: readonly string[]): LookupFunction =>
  (_host, _options, callback) =>
    setImmediate(() =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      ),
    );
