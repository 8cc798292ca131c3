import { isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
import { controlCharacterFault, hiddenCharacterFault } from "./characters.ts";
import { clipped } from "./clipped.ts";
import type { Fault, Reading } from "./problem.ts";

/** A host and the port written after it. */
export interface Authority {
  /** Lower case, IDN as punycode, IPv6 in brackets; a trailing dot stays. */
  readonly host: string;
  /** Null when none is written. */
  readonly port: number | null;
}

/**
 * Reads `HOST[:PORT]` as it stands between `//` and the path. Refuses user names, blanks, control and invisible
 * characters and everything else that parsers disagree on, instead of repairing it. Never repeats a password.
 */
export function readAuthority(text: string): Reading<Authority> {
  if (text.includes("@")) return { fault: userinfo };
  if (text === "") return refuse("E_URL_HOST", "The URL names no host; write `https://example.com/path`.");
  const hidden = hiddenCharacterFault(text, "The host");
  if (hidden !== null) return { fault: hidden };
  if (/\s/.test(text) || controlCharacterFault(text, "The host") !== null) {
    return refuse("E_URL_AUTHORITY", "The host holds a blank or a control character; delete it.");
  }
  const parts = /^(\[[^[\]]*\]|[^:[\]]*)(?::(.*))?$/s.exec(text);
  const host = readHost(parts?.[1] ?? "");
  if (parts === null || host === null) {
    return refuse(
      "E_URL_AUTHORITY",
      `${JSON.stringify(clipped(text))} is not a host name, with or without a port.`,
    );
  }
  return readPort(host, parts[2]);
}

const userinfo: Fault = {
  code: "E_URL_USERINFO",
  message:
    "The URL holds a user name before `@`; delete it, and write an Authorization header if the server wants one.",
};

function readHost(text: string): string | null {
  if (text.startsWith("["))
    return isIPv6(text.slice(1, -1)) && !text.includes("%") ? text.toLowerCase() : null;
  const host = /^[!-~]*$/.test(text) ? text.toLowerCase() : domainToASCII(text);
  return host.length <= 254 && /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/.test(host) ? host : null;
}

function readPort(host: string, text: string | undefined): Reading<Authority> {
  if (text === undefined) return { value: { host, port: null } };
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return { value: { host, port } };
  return refuse("E_URL_PORT", `The port after ${host} must be a number from 1 to 65535.`);
}

function refuse(code: string, message: string): { readonly fault: Fault } {
  return { fault: { code, message } };
}

/** The names and literals of this machine, for guessing a scheme; not for deciding what is allowed. */
export function looksLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(host) || host.endsWith(".localhost");
}
