import type { CapturedRequest } from "../../stages.ts";
import { requestOfCommand } from "./curlCommand.ts";
import { fieldOf, requestOf } from "./requestParts.ts";

/**
 * Reads one request that somebody captured: raw HTTP, the `>` lines of `curl -v`, or a `curl` command. Of several that
 * curl sent (after a redirect, a 401, through a proxy) it is the one that got the last answer. Null for no such.
 */
export function readRequest(text: string): CapturedRequest | null {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (/^(?:\$ )?curl\s/.test(trimmed)) return requestOfCommand(trimmed.replace(/^\$ /, ""));
  const lines = trimmed.split(/\r?\n/);
  const sent = lastSent(lines);
  if (sent !== null) return isForProxy(sent) ? null : fromLines(sent);
  return requestLine.test(trimmed) ? fromLines(lines) : null;
}

const requestLine = /^([A-Z]{3,12}) (\S+) HTTP\/\d/;

/**
 * What curl says that it sent last before the last answer, without its marks; null for a text without such lines. A
 * request to a proxy for a tunnel counts: what answers it last is the proxy.
 */
export function lastSent(lines: readonly string[]): readonly string[] | null {
  const answer = lines.findLastIndex((line) => /^< HTTP\/\d/.test(line));
  const sent = (answer === -1 ? lines : lines.slice(0, answer))
    .filter((line) => line.startsWith("> ") || line === ">")
    .map((line) => line.slice(2));
  const first = sent.findLastIndex((line) => requestLine.test(line));
  return first === -1 ? null : sent.slice(first);
}

/** Whether the lines ask a proxy for a tunnel: its answer is the proxy's own. */
export function isForProxy([first = ""]: readonly string[]): boolean {
  return /^CONNECT /.test(first);
}

function fromLines(lines: readonly string[]): CapturedRequest | null {
  const [, method, target = ""] = requestLine.exec(lines[0] ?? "") ?? [];
  if (method === undefined) return null;
  const blank = lines.indexOf("");
  const head = lines.slice(1, blank === -1 ? undefined : blank);
  const headers = head.flatMap(fieldOf);
  const body = blank === -1 ? null : lines.slice(blank + 1).join("\n");
  return requestOf(method, target, headers, body === "" ? null : body);
}
