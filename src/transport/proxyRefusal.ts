import type { Socket } from "node:net";
import { UserError } from "../errors.ts";
import type { Field } from "../stages.ts";
import { inertText, textWithoutSecrets } from "./excerpt.ts";
import { atStart } from "./faultContext.ts";
import { fieldValues } from "./head.ts";
import { secretsOf } from "./secrets.ts";
import type { Transfer } from "./transfer.ts";

const mostBytes = 64 * 1024;
const shownLength = 120;

/**
 * The body of a proxy's refusal, at most 64 KB. Node leaves the bytes after a CONNECT's answer to its caller, so the
 * framing is undone here; a page that is cut, or not there after `idle` milliseconds in all, is kept as far as it came.
 */
export function readRefusal(
  socket: Socket,
  first: Uint8Array,
  headers: readonly Field[],
  idle: number,
): Promise<Uint8Array> {
  const chunked = fieldValues(headers, "transfer-encoding").some((value) => /chunked/i.test(value));
  const length = fieldValues(headers, "content-length")[0] ?? "";
  const wanted = /^\d+$/.test(length) ? Math.min(mostBytes, Number(length)) : mostBytes;
  const isWhole = (bytes: Buffer) =>
    chunked ? bytes.includes("\r\n0\r\n") || bytes.length >= mostBytes : bytes.length >= wanted;
  return new Promise((resolve) => {
    let bytes = Buffer.from(first);
    const timer = setTimeout(finish, idle);
    function finish() {
      clearTimeout(timer);
      resolve(chunked ? withoutChunks(bytes) : bytes.subarray(0, wanted));
    }
    socket.on("data", (more: Buffer) => {
      bytes = Buffer.concat([bytes, more]);
      if (isWhole(bytes)) finish();
    });
    socket.once("close", finish);
    socket.once("end", finish);
    if (isWhole(bytes)) finish();
    else socket.resume();
  });
}

/** RFC 9112 section 7.1: digits alone, no sign and no prefix. */
const chunkHead = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/is;

/** Stops at the first chunk that is not whole or not well formed; each one takes the place further. */
function withoutChunks(bytes: Buffer): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const digits = lineEnd === -1 ? undefined : chunkHead.exec(bytes.toString("latin1", at, lineEnd))?.[1];
    const size = Number.parseInt(digits ?? "0", 16);
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

/** The error that goes with a proxy's own answer. */
export function proxyRefused(status: number, headers: readonly Field[], transfer: Transfer): UserError {
  const { origin, proxy: endpoint } = transfer.route;
  const proxy = endpoint?.label ?? null;
  const secrets = secretsOf(transfer.request, endpoint?.authorization ?? null);
  const who = proxy === null ? "The proxy that this application uses" : atStart(proxy);
  const realm = fieldValues(headers, "proxy-authenticate").map((value) =>
    inertText(textWithoutSecrets(value, secrets), shownLength),
  );
  const message =
    status === 407
      ? `${who} wants authentication (${realm.length === 0 ? "407" : realm.join(", ")}) before it connects to ${origin}.`
      : `${who} refused to connect to ${origin}: it answered ${status}.`;
  return new UserError({
    code: "E_PROXY_REFUSED",
    phase: "proxy",
    message,
    hint:
      status === 407
        ? "Put the user name and password into the proxy's URL (percent-encoded), or exempt the host by NO_PROXY."
        : "The answer is the proxy's, not the host's. Ask who runs the proxy, or exempt the host by NO_PROXY.",
  });
}
