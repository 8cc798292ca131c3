import { escapedExcerpt } from "./excerpt.ts";
import { atStart, type FaultContext, type FaultRow, throughProxy } from "./faultContext.ts";
import type { WirePhase } from "./wirePhase.ts";

/** How a peer left: in order (FIN), or not (RST). */
export type Departure = "closed" | "reset";

const shownBytes = 64;

type Explain = (context: FaultContext, left: string) => FaultRow;

const byPhase: Readonly<Record<WirePhase, Explain>> = {
  dns: beforeTheAnswer,
  connect: (context, left) => ({
    code: "E_CONNECT_RESET",
    message: `${context.peer} ${left} while it was being connected to.`,
    hint: "A firewall or load balancer often does this. Check the port, VPN and security groups.",
  }),
  proxy: (context, left) => ({
    code: "E_PROXY_CLOSED",
    message: `${atStart(context.peer)} ${left} without opening the tunnel.`,
    hint: "Check that this address is an HTTP proxy and that it allows the host.",
  }),
  tls: (context, left) => ({
    code: "E_TLS_CLOSED",
    message: `${context.peer}${throughProxy(context)} ${left} during the TLS handshake.`,
    hint: `Check that port ${context.connectPort} speaks TLS for ${context.host}; a firewall may cut the connection too.`,
  }),
  send: (context, left) =>
    context.receivedCount > 0
      ? insideTheHead(context, left)
      : {
          code: "E_SEND_CUT",
          message: `${context.peer}${throughProxy(context)} ${left} while the request was being sent, without answering.`,
          hint: notTlsHint(context) ?? "The body may be larger than the server takes.",
        },
  head: (context, left) =>
    context.receivedCount > 0 ? insideTheHead(context, left) : beforeTheAnswer(context, left),
  body: (context, left) => ({
    code: "E_BODY_CUT",
    message: `${context.peer} ${left} before the body was complete.`,
    hint: "What arrived is kept. Send again.",
  }),
};

/** What it means that the peer left, for each phase. */
export function disconnection(departure: Departure): (context: FaultContext) => FaultRow {
  const left = departure === "closed" ? "closed the connection" : "reset the connection";
  return (context) => byPhase[context.phase](context, left);
}

function beforeTheAnswer(context: FaultContext, left: string): FaultRow {
  return {
    code: "E_NO_ANSWER",
    message: `${context.peer}${throughProxy(context)} ${left} without answering.`,
    hint: notTlsHint(context) ?? "Send again; if it stays, look at the server's log.",
  };
}

function insideTheHead(context: FaultContext, left: string): FaultRow {
  const bytes = escapedExcerpt(context.received, shownBytes);
  return {
    code: "E_HEAD_CUT",
    message: `${context.peer}${throughProxy(context)} ${left} while sending headers, after ${context.receivedCount} bytes: "${bytes}".`,
    hint: "The server or something before it broke off. Send again; if it stays, look at the server's log.",
  };
}

/** A server that waits for TLS hangs up on plain text. */
function notTlsHint(context: FaultContext): string | null {
  return context.secure || context.toProxy || context.proxy !== null
    ? null
    : `If port ${context.connectPort} speaks TLS, write the URL with https://.`;
}
