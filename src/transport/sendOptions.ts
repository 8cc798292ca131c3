import type { LookupFunction } from "node:net";
import type { UserError } from "../errors.ts";
import type { Field, InterimResponse } from "../stages.ts";
import type { TransferLimits } from "./limits.ts";
import type { WirePhase } from "./wirePhase.ts";

/** A proxy's URL, with its user name and password if it has them, and where the choice came from. */
export interface ProxyChoice {
  readonly url: string;
  /** In words for a person: "HTTPS_PROXY". */
  readonly source: string;
}

/** Everything `send` needs besides the request. */
export interface SendOptions {
  /** Where the connection really goes; name checks stay on the URL's host. */
  readonly connectTo?: { readonly host: string; readonly port: number | null };
  /** Never used for loopback hosts. */
  readonly proxy?: ProxyChoice | null;
  readonly limits: TransferLimits;
  /**
   * Asked for each address before it is connected to, within the request's own look-up, and for literal addresses.
   * What it returns ends the exchange. Where a proxy looks the host up, it is asked about the host itself.
   */
  readonly checkAddress: (address: string, host: string) => UserError | null;
  /** Directory for bodies larger than `limits.memoryBody`; made with mode 0700 when it is first needed. */
  readonly storageDirectory: string;
  /** Certificates (PEM) that are trusted besides the built-in ones. */
  readonly tls?: { readonly ca?: readonly string[] };
  /** The resolver; `dns.lookup` of Node when left out. */
  readonly lookup?: LookupFunction;
  /** A monotonic clock in milliseconds; `performance.now` when left out. */
  readonly now?: () => number;
}

/** What happens during a transfer, as it happens. */
export type TransferEvent =
  | { readonly type: "phase"; readonly phase: WirePhase }
  | { readonly type: "interim"; readonly interim: InterimResponse }
  | {
      readonly type: "head";
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly Field[];
      readonly answeredBy: "origin" | "proxy";
    }
  /** Bytes as received, content encodings not undone; `received` counts them all. */
  | { readonly type: "chunk"; readonly bytes: Uint8Array; readonly received: number }
  | { readonly type: "end"; readonly complete: boolean };
