import { UserError } from "../errors.ts";
import { disconnection } from "./disconnection.ts";
import { type FaultContext, type FaultRow, faultError, throughProxy } from "./faultContext.ts";
import { malformedAnswer } from "./malformedAnswer.ts";
import { misspeltRegion } from "./nearestRegion.ts";
import { tlsFault } from "./tlsFaults.ts";

type Explain = (context: FaultContext) => FaultRow;

/** Node's error codes of names, addresses and sockets. https://nodejs.org/api/errors.html#common-system-errors */
const systemFaults: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ["ENOTFOUND", nameNotFound],
  ["ENODATA", nameNotFound],
  [
    "EAI_AGAIN",
    ({ connectHost }) => ({
      code: "E_DNS_UNAVAILABLE",
      message: `The name ${connectHost} could not be looked up: the DNS server did not answer.`,
      hint: "The host may well exist. Check the network connection, VPN and DNS settings of this machine, then send again.",
    }),
  ],
  [
    "ECONNREFUSED",
    ({ peer }) => ({
      code: "E_CONNECT_REFUSED",
      message: `The connection to ${peer} was refused: nothing listens on that port.`,
      hint: "Check the port, and whether the server is running.",
    }),
  ],
  [
    "ETIMEDOUT",
    ({ peer }) => ({
      code: "E_CONNECT_TIMEOUT",
      message: `The connection to ${peer} was given up by the operating system: no answer.`,
      hint: "Check the host and port, VPN, firewall and security groups.",
    }),
  ],
  ["EHOSTUNREACH", unreachable],
  ["ENETUNREACH", unreachable],
  ["EHOSTDOWN", unreachable],
  ["ENETDOWN", unreachable],
  ["EADDRNOTAVAIL", unreachable],
  ["ECONNRESET", disconnection("reset")],
  ["ECONNABORTED", disconnection("reset")],
  ["EPIPE", disconnection("reset")],
  [
    "EMFILE",
    ({ peer }) => ({
      code: "E_TOO_MANY_FILES",
      message: `Could not connect to ${peer}: this process has too many files and connections open.`,
      hint: "Close what is not needed, or raise the limit with ulimit -n.",
    }),
  ],
]);

/** Errors that Node throws for a request it will not write. */
const requestFaults: ReadonlyMap<string, string> = new Map([
  ["ERR_INVALID_CHAR", "a header holds a character that HTTP does not allow"],
  ["ERR_INVALID_HTTP_TOKEN", "the method or a header's name is not a token"],
  ["ERR_UNESCAPED_CHARACTERS", "the path holds a character that must be percent-encoded"],
  ["ERR_HTTP_INVALID_HEADER_VALUE", "a header has no value"],
  ["ERR_HTTP_TRAILER_INVALID", "a Trailer header stands in a request that is not chunked"],
]);

/** What a failure of the transfer means, as an error for a person. Node's own message goes to `cause` only. */
export function explainFault(error: unknown, context: FaultContext): UserError {
  if (error instanceof UserError) return error;
  const row = rowFor(error, context);
  return faultError(context.toProxy ? blamedOnProxy(row, context) : row, context, error);
}

function rowFor(error: unknown, context: FaultContext): FaultRow {
  const code = errorCode(error);
  if (isHangUp(error, code)) return disconnection("closed")(context);
  const explain = systemFaults.get(code);
  if (explain !== undefined) return explain(context);
  const unwritable = requestFaults.get(code);
  if (unwritable !== undefined) return notWritten(unwritable, context);
  return (
    (code.startsWith("HPE_") ? malformedAnswer(error, code, context) : tlsFault(error, code, context)) ??
    unknownFault(code, context)
  );
}

/** Node's code of an error; of the first attempt when all addresses failed. "" when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Node uses ECONNRESET for an orderly close too, but then no system call failed. */
function isHangUp(error: unknown, code: string): boolean {
  return code === "ECONNRESET" && error instanceof Error && !("syscall" in error);
}

function nameNotFound({ connectHost }: FaultContext): FaultRow {
  const typo = misspeltRegion(connectHost);
  return {
    code: "E_HOST_NOT_FOUND",
    message: `Could not find the host ${connectHost}: the name does not resolve.`,
    hint:
      typo === null
        ? "Check the spelling. The name of a private endpoint resolves only inside its network or VPN."
        : `"${typo.label}" is not a region: did you mean ${typo.region}?`,
  };
}

function unreachable({ peer }: FaultContext): FaultRow {
  return {
    code: "E_UNREACHABLE",
    message: `There is no route from this machine to ${peer}.`,
    hint: "Check the network connection and VPN; if the host has IPv6 addresses only, whether this network has IPv6.",
  };
}

function notWritten(why: string, { peer }: FaultContext): FaultRow {
  return {
    code: "E_REQUEST_INVALID",
    message: `The request to ${peer} was not sent: ${why}.`,
    hint: "Correct the request line or the header.",
    phase: "send",
  };
}

function unknownFault(code: string, context: FaultContext): FaultRow {
  const { peer, phase } = context;
  const what = code === "" ? "an unexpected error" : code;
  return {
    code: "E_TRANSFER",
    message: `The transfer with ${peer}${throughProxy(context)} failed in the phase "${phase}": ${what}.`,
    hint: "Send again; if it stays, look the code up and report it.",
  };
}

/** A fault between here and the proxy says nothing about the origin, so it has codes of its own. */
function blamedOnProxy(row: FaultRow, context: FaultContext): FaultRow {
  const code = context.receivedCount > 0 ? "E_PROXY_PROTOCOL" : "E_PROXY_CONNECT";
  return {
    ...row,
    code: row.code.startsWith("E_PROXY_") ? row.code : code,
    phase: "proxy",
    hint: `${row.hint} The proxy comes from the environment or settings: correct it there, or exempt the host by NO_PROXY.`,
  };
}
