import { UserError } from "../errors.ts";
import { durationInWords } from "./deadline.ts";
import { atStart, type FaultContext, type FaultRow, faultError, throughProxy } from "./faultContext.ts";
import type { TransferLimits } from "./limits.ts";
import { phaseInWords, type WirePhase } from "./wirePhase.ts";

/** Which limit bounds each phase. */
export const limitOfPhase = {
  dns: "connect",
  connect: "connect",
  proxy: "proxy",
  tls: "tls",
  send: "idle",
  head: "head",
  body: "idle",
} as const satisfies Readonly<Record<WirePhase, keyof TransferLimits>>;

/** A time that a person gives holds for every phase. */
const moreTime = "Give it more time with `# @timeout 5m`, --timeout 5m or the setting awsreq.timeout";

const rows: Readonly<Record<WirePhase, (context: FaultContext, limit: string) => FaultRow>> = {
  dns: ({ connectHost }, limit) => ({
    code: "E_DNS_TIMEOUT",
    message: `The name ${connectHost} could not be looked up within ${limit}.`,
    hint: "Check the network connection, VPN and DNS settings of this machine.",
  }),
  connect: ({ peer }, limit) => ({
    code: "E_CONNECT_TIMEOUT",
    message: `${peer} did not accept the connection within ${limit}.`,
    hint: "Check the host and port, VPN, firewall and security groups.",
  }),
  proxy: ({ peer }, limit) => ({
    code: "E_PROXY_TIMEOUT",
    message: `${atStart(peer)} did not answer within ${limit}.`,
    hint: "Check that the proxy runs and can reach the host.",
  }),
  tls: (context, limit) => ({
    code: "E_TLS_TIMEOUT",
    message: `${context.peer}${throughProxy(context)} did not finish the TLS handshake within ${limit}.`,
    hint: `Check that port ${context.connectPort} speaks TLS; a firewall may swallow the handshake.`,
  }),
  send: (context, limit) => ({
    code: "E_IDLE_TIMEOUT",
    message: `${context.peer}${throughProxy(context)} took no more of the request for ${limit}.`,
    hint: `The server stopped reading. ${moreTime}, if it is known to pause.`,
  }),
  head: (context, limit) => ({
    code: "E_HEAD_TIMEOUT",
    message:
      context.receivedCount === 0
        ? `${context.peer}${throughProxy(context)} did not answer within ${limit}.`
        : `${context.peer}${throughProxy(context)} sent ${context.receivedCount} bytes, but no complete response head within ${limit}.`,
    hint: `The server accepted the request and may still be at work. ${moreTime}, if it is known to be slow.`,
  }),
  body: (context, limit) => ({
    code: "E_IDLE_TIMEOUT",
    message: `${context.peer}${throughProxy(context)} sent no more of the body for ${limit}.`,
    hint: `What arrived is kept. ${moreTime}, if the server is known to pause.`,
  }),
};

/** The error for a phase whose time is up. */
export function phaseTimeout(context: FaultContext, limits: TransferLimits): UserError {
  return faultError(
    rows[context.phase](context, durationInWords(limits[limitOfPhase[context.phase]])),
    context,
  );
}

/** The error for an exchange whose whole time is up. */
export function totalTimeout(context: FaultContext, milliseconds: number): UserError {
  return faultError(
    {
      code: "E_TOTAL_TIMEOUT",
      message: `The exchange with ${context.peer}${throughProxy(context)} was not finished within ${durationInWords(milliseconds)}; it ended while ${phaseInWords[context.phase]}.`,
      hint: `${moreTime}, if the server is known to be slow.`,
    },
    context,
  );
}

/** The error for an exchange that the person stopped. */
export function cancelled(context: FaultContext): UserError {
  return new UserError({
    code: "E_CANCELLED",
    phase: "cancel",
    message: `Cancelled while ${phaseInWords[context.phase]} (${context.peer}${throughProxy(context)}).`,
    hint: context.phase === "body" ? "What arrived is kept." : "Send again when you want to.",
  });
}
