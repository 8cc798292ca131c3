import { BlockList, isIP } from "node:net";
import { UserError } from "../errors.ts";

/** Addresses that hand credentials to whoever asks from inside (IMDS, ECS, EKS), and the link-local ranges around them. */
const forbidden = blockListOf([
  ["169.254.0.0", 16],
  ["fe80::", 10],
  ["fd00:ec2::254", 128],
  ["fd00:ec2::23", 128],
  // 169.254/16 as NAT64, 6to4 and IPv4-compatible addresses; BlockList itself sees through the IPv4-mapped form.
  ["64:ff9b::a9fe:0", 112],
  ["2002:a9fe::", 32],
  ["::a9fe:0", 112],
]);

const loopback = blockListOf([
  ["127.0.0.0", 8],
  ["::1", 128],
]);

/** Names that clouds give to their metadata service. */
const metadataNames: ReadonlySet<string> = new Set([
  "instance-data",
  "instance-data.ec2.internal",
  "metadata.google.internal",
]);

/** The host of `host[:port]`; an IPv6 host keeps its brackets. */
export function hostOfAuthority(authority: string): string {
  return authority.replace(/:\d*$/, "");
}

/** True for what is this machine by its very name: a literal of 127/8, `::1`, `localhost`, `*.localhost`. */
export function isLoopbackHost(host: string): boolean {
  const address = literalAddress(host);
  return address === null ? isLocalhostName(host) : isLoopbackAddress(address);
}

/** True for an address (no brackets) of 127/8 or `::1`, IPv4-mapped forms included. */
export function isLoopbackAddress(address: string): boolean {
  return contains(loopback, address);
}

/** True for a link-local or metadata address (no brackets), in IPv4-mapped, NAT64 and 6to4 forms too. */
export function isForbiddenAddress(address: string): boolean {
  return contains(forbidden, address);
}

/** True for a host that is, before any look-up, a link-local or metadata address in any spelling, or a metadata service's name. */
export function isForbiddenHost(host: string): boolean {
  const address = literalAddress(host);
  return address === null ? metadataNames.has(plainName(host)) : isForbiddenAddress(address);
}

/**
 * The check of each address that a connection is about to use, made inside the request's own look-up.
 * @param address as the resolver gave it
 * @param host the name (or literal) that was looked up
 * @returns `E_REFUSED_ADDRESS`, `E_REFUSED_NOT_LOOPBACK`, or null when the address may be used
 */
export function checkAddress(address: string, host: string): UserError | null {
  if (isForbiddenAddress(address)) return forbiddenAddress(host, address);
  if (isLoopbackHost(host) && !isLoopbackAddress(address)) {
    return new UserError({
      code: "E_REFUSED_NOT_LOOPBACK",
      phase: "guard",
      message: `${host} should be this machine, but resolves to ${address}; nothing was sent.`,
      hint: "Write 127.0.0.1 or [::1] instead, or look for the entry in /etc/hosts or the DNS that points it elsewhere.",
    });
  }
  return null;
}

/** `E_REFUSED_ADDRESS`: the host is, or resolves to, a link-local or metadata address. */
export function forbiddenAddress(host: string, address: string | null): UserError {
  const isAddress = address === null || address === host ? "is" : `resolves to ${address},`;
  return new UserError({
    code: "E_REFUSED_ADDRESS",
    phase: "guard",
    message: `${host} ${isAddress} a link-local or metadata address, where credentials are handed out; nothing was sent.`,
    hint: "Send to the service's own host name; metadata services cannot be called with awsreq.",
  });
}

/** The address that a literal host stands for, decimal, hex and octal spellings included; null for a name. */
function literalAddress(host: string): string | null {
  const bare = withoutZone(host.replace(/^\[(.*)\]$/, "$1"));
  if (isIP(bare) !== 0) return bare;
  const url = `http://${host}/`;
  if (!/^[0-9a-fx.]+$/i.test(host) || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return isIP(hostname) === 0 ? null : hostname;
}

function contains(list: BlockList, address: string): boolean {
  const bare = withoutZone(address);
  const family = isIP(bare);
  return family !== 0 && list.check(bare, family === 4 ? "ipv4" : "ipv6");
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/s, "");
}

function isLocalhostName(host: string): boolean {
  return /(?:^|\.)localhost$/.test(plainName(host));
}

function plainName(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

function blockListOf(subnets: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) {
    list.addSubnet(network, prefix, network.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}
