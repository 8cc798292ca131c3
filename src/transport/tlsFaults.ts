import type { PeerCertificate } from "node:tls";
import { type CertificateFault, certificateFault, trustIssuer } from "../net/certificateFaults.ts";
import { certificateChain, certificateName, certificateSummary } from "./certificate.ts";
import { atStart, type FaultContext, type FaultRow, throughProxy } from "./faultContext.ts";

type Explain = (context: FaultContext) => FaultRow;

const certificateRows: Readonly<Record<CertificateFault, Explain>> = {
  selfSigned,
  unknownIssuer,
  expired,
  notYetValid,
  wrongName,
};

interface Alert {
  readonly code: string;
  readonly what: string;
  readonly hint: (context: FaultContext) => string;
}

const oldTls: Alert = {
  code: "E_TLS_VERSION",
  what: "speaks no TLS version that is accepted here: it offers only TLS 1.0 or 1.1, or refuses 1.2 and 1.3",
  hint: () => "The server must be set up for TLS 1.2 or later.",
};

const clientCertificate: Alert = {
  code: "E_TLS_CLIENT_CERTIFICATE",
  what: "requires a client certificate (mutual TLS), and none was sent",
  hint: () => "Client certificates are not supported. Use an endpoint without mutual TLS.",
};

/**
 * Reasons as `plainReason` has them: what a handshake fails of. RFC 8446 section 6 names the alerts; OpenSSL, its versions
 * since 3.2 and BoringSSL (VS Code) spell each in their own way.
 */
const handshakeFaults: ReadonlyMap<string, Alert> = new Map<string, Alert>([
  [
    "wrong version number",
    {
      code: "E_NOT_TLS",
      what: "does not speak TLS on this port",
      hint: ({ connectPort }) => `If port ${connectPort} speaks plain HTTP, write the URL with http://.`,
    },
  ],
  ["packet length too long", { code: "E_NOT_TLS", what: "does not speak TLS on this port", hint: checkPort }],
  ["https proxy request", { code: "E_NOT_TLS", what: "does not speak TLS on this port", hint: checkPort }],
  ["http request", { code: "E_NOT_TLS", what: "does not speak TLS on this port", hint: checkPort }],
  ["unsupported protocol", oldTls],
  ["protocol version", oldTls],
  [
    "unexpected message",
    { code: "E_NOT_TLS", what: "does not speak proper TLS on this port", hint: checkPort },
  ],
  ["certificate required", clientCertificate],
  ["bad certificate", clientCertificate],
  ["unknown ca", clientCertificate],
  [
    "handshake failure",
    {
      code: "E_TLS_HANDSHAKE",
      what: "refused the TLS handshake: no cipher in common, or it requires a client certificate",
      hint: () => "Check the TLS settings of the server.",
    },
  ],
  [
    "unrecognized name",
    {
      code: "E_TLS_NAME",
      what: "does not know the name that was asked for in the TLS handshake",
      hint: ({ host }) => `Check that this server serves ${host}.`,
    },
  ],
  [
    "no application protocol",
    {
      code: "E_HTTP2_ONLY",
      what: "speaks no HTTP/1.1 (it may speak HTTP/2 only)",
      hint: () => "Only HTTP/1.1 is sent here: use an endpoint that speaks it.",
    },
  ],
]);

/** What a failure of TLS means, or null when it is none. */
export function tlsFault(error: unknown, code: string, context: FaultContext): FaultRow | null {
  const fault = certificateFault(code);
  if (fault !== null) return certificateRows[fault](withCertificateOf(error, context));
  const reason = opensslReason(error, code);
  if (reason === null) return null;
  const alert = handshakeFaults.get(plainReason(reason));
  const notTls = alert === undefined || alert.code === "E_NOT_TLS";
  if (context.proxy !== null && notTls && context.phase === "tls") return proxyGarbage(context);
  if (alert === undefined) return otherTlsFault(reason, context);
  return {
    code: alert.code,
    message: `${context.peer}${throughProxy(context)} ${alert.what}.`,
    hint: alert.hint(context),
    phase: "tls",
  };
}

/** The library's reason in lower case words, from `ERR_SSL_WRONG_VERSION_NUMBER` or from the text of an EPROTO. */
function opensslReason(error: unknown, code: string): string | null {
  const text = error instanceof Error ? error.message : "";
  const reason = /^ERR_SSL_(.+)/i.exec(code)?.[1] ?? /:SSL routines:[^:]*:([^:]+)(?::|$)/i.exec(text)?.[1];
  if (reason !== undefined)
    return reason
      .toLowerCase()
      .replace(/[\s_]+/g, " ")
      .trim();
  return code === "EPROTO" ? "protocol error" : null;
}

/** Without what differs between libraries: `sslv3 alert handshake failure`, `ssl/tls alert handshake failure`. */
function plainReason(reason: string): string {
  const words = reason.replace(/[^a-z0-9]+/g, " ").trim();
  return words.replace(/^(?:ssl tls|sslv?\d*|tlsv?\d*)(?: \d)? (?:alert )?/, "").replace(/^alert /, "");
}

function otherTlsFault(reason: string, context: FaultContext): FaultRow {
  return {
    code: "E_TLS",
    message: `TLS with ${context.peer}${throughProxy(context)} failed: ${reason}.`,
    hint: "Check the TLS settings of the server.",
    phase: "tls",
  };
}

function proxyGarbage({ peer, proxy }: FaultContext): FaultRow {
  return {
    code: "E_PROXY_PROTOCOL",
    message: `${atStart(proxy ?? "the proxy")} opened a tunnel to ${peer}, but what came through it is not TLS.`,
    hint: "The proxy itself probably answered. Check that it allows tunnels to this port.",
    phase: "proxy",
  };
}

function checkPort({ connectPort }: FaultContext): string {
  return `Check that port ${connectPort} is the TLS port.`;
}

/** Only the error of a wrong name brings its certificate along. */
function withCertificateOf(error: unknown, context: FaultContext): FaultContext {
  const brought = error instanceof Error && "cert" in error ? error.cert : undefined;
  return isCertificate(brought) ? { ...context, certificate: brought } : context;
}

function isCertificate(value: unknown): value is PeerCertificate {
  return typeof value === "object" && value !== null && "fingerprint256" in value;
}

function selfSigned(context: FaultContext): FaultRow {
  return {
    code: "E_TLS_SELF_SIGNED",
    message: `${context.peer} has a self-signed certificate, which nobody vouches for${certificateSummary(context.certificate)}.`,
    hint: trustIssuer,
  };
}

function unknownIssuer(context: FaultContext): FaultRow {
  return {
    code: "E_TLS_UNKNOWN_ISSUER",
    message: `The certificate of ${context.peer} comes from an issuer that is not trusted here, or the server left an intermediate certificate out${certificateChain(context.certificate)}.`,
    hint: `${trustIssuer} A network that inspects TLS has such an issuer too.`,
  };
}

function expired(context: FaultContext): FaultRow {
  const until = context.certificate === null ? "" : ` on ${context.certificate.valid_to}`;
  return {
    code: "E_TLS_EXPIRED",
    message: `A certificate of ${context.peer} expired${until}${certificateSummary(context.certificate)}.`,
    hint: "Check the clock of this machine; if it is right, the server needs a new certificate.",
  };
}

function notYetValid(context: FaultContext): FaultRow {
  const from = context.certificate === null ? "" : ` before ${context.certificate.valid_from}`;
  return {
    code: "E_TLS_NOT_YET_VALID",
    message: `A certificate of ${context.peer} is not yet valid${from}${certificateSummary(context.certificate)}.`,
    hint: "Check the clock of this machine: it may be slow.",
  };
}

function wrongName(context: FaultContext): FaultRow {
  const dottedBucket = /\.[^.]+\.s3[.-].*amazonaws\.com/.test(`.${context.host}`);
  return {
    code: "E_TLS_WRONG_NAME",
    message: `The certificate of ${context.peer} is not for ${context.host}: it names ${certificateName(context.certificate)}.`,
    hint: dottedBucket
      ? "A bucket name with dots is not covered by the wildcard of S3: write the bucket in the path (s3.REGION.amazonaws.com/BUCKET/KEY)."
      : "Check the host, and @connect-to if the request has it.",
  };
}
