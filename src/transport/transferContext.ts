import type { PeerCertificate } from "node:tls";
import type { SignedRequest } from "../stages.ts";
import { withoutSecrets } from "./excerpt.ts";
import type { FaultContext } from "./faultContext.ts";
import type { Route } from "./route.ts";
import { secretsOf } from "./secrets.ts";
import type { WirePhase } from "./wirePhase.ts";

/** What a transfer learns on its way. */
export interface Known {
  phase: WirePhase;
  /** The first bytes of the answer. */
  received: Uint8Array;
  receivedCount: number;
  certificate: PeerCertificate | null;
  address: string | null;
}

/** The state before anything has happened. */
export function nothingKnown(): Known {
  return { phase: "connect", received: new Uint8Array(), receivedCount: 0, certificate: null, address: null };
}

/** What can be said of a fault that happens now. */
export function contextOf(
  known: Known,
  route: Route,
  request: SignedRequest,
  headLimit: number,
): FaultContext {
  const { proxy } = route;
  const toProxy = proxy !== null && known.phase === "proxy";
  return {
    phase: known.phase,
    host: route.host,
    connectHost: toProxy ? proxy.host : route.connectHost,
    connectPort: toProxy ? proxy.port : route.connectPort,
    peer: toProxy ? proxy.label : route.origin,
    toProxy,
    proxy: toProxy ? null : (proxy?.label ?? null),
    secure: toProxy ? proxy.secure : route.secure,
    received: withoutSecrets(known.received, secretsOf(request, proxy?.authorization ?? null)),
    receivedCount: known.receivedCount,
    headLimit,
    certificate: known.certificate,
  };
}
