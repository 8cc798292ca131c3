import { BlockList, isIP } from "node:net";
import { UserError } from "../errors.ts";
import { embeddedAddresses } from "./embeddedAddress.ts";

/** IPv4 addresses of clouds' metadata services: AWS, Google, Azure and most others; ECS and EKS; Alibaba; Oracle; Azure's wire server. */
const metadataAddresses = [
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
] as const;

const metadata = blockListOf(metadataAddresses.map((address) => [address, 32]));

/** Addresses that hand credentials to whoever asks from inside, and the link-local ranges around them. */
const forbidden = blockListOf([
  ["169.254.0.0", 16],
  ...metadataAddresses.map((address) => [address, 32] as const),
  ["fe80::", 10],
  // AWS, EKS, Google, Oracle, Scaleway.
  ["fd00:ec2::254", 128],
  ["fd00:ec2::23", 128],
  ["fd20:ce::254", 128],
  ["fd00:c1::a9fe:a9fe", 128],
  ["fd00:42::42", 128],
]);

const loopback = blockListOf([
  ["127.0.0.0", 8],
  ["::1", 128],
]);

/** Names that clouds give to their metadata service, and whatever stands below them. */
const metadataName =
  /^(?:metadata|instance-data|rancher-metadata|instance-data\..*|(?:.*\.)?(?:metadata\.goog|metadata\.packet\.net|metadata\.platformequinix\.com|metadata\.tencentyun\.com|metadata\.cloud\.ibm\.com)|(?:.*\.)?(?:metadata|instance-data)\.(?:.*\.)?internal)$/;

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

/** True for a link-local or metadata address (no brackets), and for an IPv6 address that carries one of IPv4. */
export function isForbiddenAddress(address: string): boolean {
  if (contains(forbidden, address)) return true;
  const { certain, possible } = embeddedAddresses(withoutZone(address));
  return (
    certain.some((embedded) => contains(forbidden, embedded)) ||
    possible.some((embedded) => contains(metadata, embedded))
  );
}

/** True for a host that is, before any look-up, a link-local or metadata address in any spelling, or a metadata service's name. */
export function isForbiddenHost(host: string): boolean {
  const address = literalAddress(host);
  return address === null ? metadataName.test(plainName(host)) : isForbiddenAddress(address);
}

/**
 * The check of each address that a connection is about to use, made inside the request's own look-up.
 * @param address as the resolver gave it; the host itself where a proxy will look it up
 * @param host the name (or literal) that was looked up
 * @returns `E_REFUSED_ADDRESS`, `E_REFUSED_NOT_LOOPBACK`, or null when the address may be used
 */
export function checkAddress(address: string, host: string): UserError | null {
  if (isForbiddenAddress(address) || isForbiddenHost(host)) return forbiddenAddress(host, address);
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
  const read = plainName(host);
  return isIP(read) === 0 ? null : read;
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

/** A name as it is looked up: small letters, full-width and other forms made plain, no dot at its end. */
function plainName(host: string): string {
  const url = `http://${host}/`;
  const read = /^[^\s/\\@?#:[\]]+$/.test(host) && URL.canParse(url) ? new URL(url).hostname : host;
  return read.toLowerCase().replace(/\.+$/, "");
}

function blockListOf(subnets: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) {
    list.addSubnet(network, prefix, network.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}
