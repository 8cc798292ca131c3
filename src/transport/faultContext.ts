import type { PeerCertificate } from "node:tls";
import { type TripError, UserError } from "../errors.ts";

import type { WirePhase } from "./wirePhase.ts";

/** What is known when a transfer fails: enough to say where, with whom and why. Hosts are without brackets. */
export interface FaultContext {
  readonly phase: WirePhase;
  /** The URL's host. */
  readonly host: string;
  /** The host that is looked up and connected to. */
  readonly connectHost: string;
  readonly connectPort: number;
  /** Who is spoken to, in words: "api.example.com:443", "the proxy http://proxy.corp:3128 (HTTPS_PROXY)". */
  readonly peer: string;
  /** True while the peer is the proxy itself, not what is behind it. */
  readonly toProxy: boolean;
  /** The proxy in words when the origin is reached through it, else null. */
  readonly proxy: string | null;
  /** True when TLS is spoken with the peer. */
  readonly secure: boolean;
  /** The first bytes of the answer, without echoed secrets. */
  readonly received: Uint8Array;
  /** How many bytes of the answer's head arrived. */
  readonly receivedCount: number;
  /** Limit of the response head, in bytes. */
  readonly headLimit: number;
  /** What the server showed, when the handshake came that far. */
  readonly certificate: PeerCertificate | null;
}

/** What a table says of a fault; the phase is that of the context unless the row knows better. */
export interface FaultRow {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly phase?: WirePhase;
}

/** The error of a row, with its cause kept for the log. */
export function faultError(row: FaultRow, context: FaultContext, cause?: unknown): UserError {
  const { code, message, hint, phase = context.phase } = row;
  return new UserError({ code, phase, message, hint, cause });
}

/** An error as data. */
export function tripError(error: UserError): TripError {
  return { code: error.code, phase: error.phase, message: error.message, hint: error.hint ?? null };
}

/** " through the proxy …", or nothing when there is none. */
export function throughProxy(context: FaultContext): string {
  return context.proxy === null ? "" : ` through ${context.proxy}`;
}

/** The proxy's label as it begins a sentence; a host's name stays as it is. */
export function atStart(peer: string): string {
  return peer.replace(/^the proxy/, "The proxy");
}
