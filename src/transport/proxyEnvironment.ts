import { BlockList, isIP } from "node:net";
import { isLoopbackHost } from "./loopback.ts";
import { parseProxy } from "./proxyUrl.ts";
import type { ProxyChoice } from "./sendOptions.ts";

/** Environment variables: names and values. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL, as curl reads it: `https_proxy` or `http_proxy` by the URL's scheme,
 * then `all_proxy`, lower case before upper case, unless `no_proxy` exempts the host. Loopback never has a proxy.
 * `HTTP_PROXY` in capitals does not count: where a web server runs this, a request's `Proxy` header is that variable.
 * @see https://httpoxy.org
 * @throws UserError E_PROXY_URL for a value that is no proxy URL.
 */
export function proxyFor(url: string, env: ProxyEnvironment): ProxyChoice | null {
  const target = new URL(url);
  const scheme = target.protocol.replace(/^ws/, "http").slice(0, -1);
  const host = target.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  const port = target.port === "" ? defaultPort(scheme) : Number(target.port);
  if (isLoopbackHost(host) || isExempt(host, port, read(env, "no_proxy")?.value ?? "")) return null;
  const found = read(env, `${scheme}_proxy`) ?? read(env, "all_proxy");
  if (found === null) return null;
  const choice = { url: withScheme(found.value), source: found.name };
  parseProxy(choice);
  return choice;
}

function defaultPort(scheme: string): number {
  return scheme === "https" ? 443 : 80;
}

/** `proxy.corp:3128` is read as curl reads it: spoken to in plain HTTP. */
function withScheme(value: string): string {
  return value.includes("://") ? value : `http://${value}`;
}

function read(env: ProxyEnvironment, name: string): { readonly name: string; readonly value: string } | null {
  for (const spelling of name === "http_proxy" ? [name] : [name, name.toUpperCase()]) {
    const value = Object.hasOwn(env, spelling) ? env[spelling]?.trim() : undefined;
    if (value !== undefined && value !== "") return { name: spelling, value };
  }
  return null;
}

/** True when an entry of `no_proxy` (separated by commas or blanks) covers the host. */
function isExempt(host: string, port: number, noProxy: string): boolean {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== "" && covers(entry, host.toLowerCase(), port));
}

/** Entries: `*`, `host` and what is under it, `.host`, `*.host`, an address, `address/bits`, each perhaps with `:port`. */
function covers(entry: string, host: string, port: number): boolean {
  if (entry === "*") return true;
  const { name, port: onlyPort } = splitPort(entry);
  if (onlyPort !== null && onlyPort !== port) return false;
  const family = isIP(host);
  if (family !== 0) return coversAddress(name, host, family);
  const suffix = name.replace(/^\*?\./, "").replace(/\.$/, "");
  return suffix !== "" && (host === suffix || host.endsWith(`.${suffix}`));
}

function splitPort(entry: string): { readonly name: string; readonly port: number | null } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry);
  const plain = /^([^:]*):(\d+)$/.exec(entry);
  const match = bracketed ?? plain;
  if (match === null) return { name: entry, port: null };
  return { name: match[1] ?? "", port: match[2] === undefined ? null : Number(match[2]) };
}

function coversAddress(entry: string, address: string, family: number): boolean {
  const [base = "", bits] = entry.split("/");
  const type = family === 6 ? "ipv6" : "ipv4";
  if (isIP(base) !== family) return false;
  const list = new BlockList();
  const prefix = bits === undefined ? Number.NaN : Number(bits);
  if (bits === undefined) list.addAddress(base, type);
  else if (Number.isInteger(prefix) && prefix >= 0 && prefix <= (family === 6 ? 128 : 32))
    list.addSubnet(base, prefix, type);
  return list.check(address, type);
}
