import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { UserError } from "../errors.ts";
import { openHttp } from "../net/openHttp.ts";
import type { Field } from "../stages.ts";
import { durationInWords } from "./deadline.ts";
import { inertText, textWithoutSecrets } from "./excerpt.ts";
import { atStart } from "./faultContext.ts";
import { fieldValues } from "./head.ts";
import { secretsOf } from "./secrets.ts";
import type { Transfer } from "./transfer.ts";

const mostBytes = 64 * 1024;
const shownLength = 120;

/** What came of a proxy's own page. */
export interface RefusalPage {
  readonly bytes: Uint8Array;
  /** Why it is not the whole page; null when it is. */
  readonly cut: string | null;
}

/**
 * The body of a proxy's refusal, at most 64 KB. Node leaves the bytes after a CONNECT's answer to its caller; they are
 * given to its parser behind a head with their framing. A page that is cut, framed in no known way, or not there after
 * `idle` milliseconds in all, is kept as far as it came.
 */
export function readRefusal(
  socket: Socket,
  first: Uint8Array,
  { status, headers }: { readonly status: number; readonly headers: readonly Field[] },
  idle: number,
): Promise<RefusalPage> {
  const replay = new Duplex({ read: () => undefined, write: (_bytes, _encoding, done) => done() });
  const parser = openHttp({ createConnection: () => replay }, null);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isAnswered = false;
    let fault = "ended too early";
    const finish = (cut: string | null) => {
      clearTimeout(timer);
      parser.destroy();
      resolve({ bytes: Buffer.concat(chunks).subarray(0, mostBytes), cut });
    };
    const timer = setTimeout(() => finish(`did not end within ${durationInWords(idle)}`), idle);
    parser.on("error", (error: NodeJS.ErrnoException) => {
      fault = `is framed wrongly (${error.code})`;
      // What came before it is told after it.
      if (!isAnswered) finish(fault);
    });
    parser.on("response", (page) => {
      isAnswered = true;
      page.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > mostBytes) finish("is larger than 64 KB");
      });
      page.on("error", () => undefined);
      page.on("close", () => finish(page.complete ? null : fault));
    });
    parser.end();
    replay.push(framingHead(status, headers));
    replay.push(first);
    socket.on("data", (more: Buffer) => replay.push(more));
    socket.once("end", () => replay.push(null));
    socket.once("close", () => replay.push(null));
    socket.resume();
  });
}

/** What says where the page ends, and nothing else. */
function framingHead(status: number, headers: readonly Field[]): string {
  const lines = ["Transfer-Encoding", "Content-Length"].flatMap((name) =>
    fieldValues(headers, name.toLowerCase()).map((value) => `${name}: ${value}\r\n`),
  );
  // Behind an interim status a final one would be waited for.
  return `HTTP/1.1 ${status < 200 ? 200 : status} Refused\r\nConnection: close\r\n${lines.join("")}\r\n`;
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
