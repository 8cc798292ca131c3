import type { Phase } from "../errors.ts";

/** The parts of a transfer, in their order. A transfer is in exactly one of them. */
export type WirePhase = Extract<Phase, "dns" | "connect" | "proxy" | "tls" | "send" | "head" | "body">;

/** What goes on in each phase, to follow "while". */
export const phaseInWords: Readonly<Record<WirePhase, string>> = {
  dns: "looking up the name",
  connect: "connecting",
  proxy: "waiting for the proxy",
  tls: "the TLS handshake was under way",
  send: "sending the request",
  head: "waiting for the response",
  body: "receiving the body",
};
