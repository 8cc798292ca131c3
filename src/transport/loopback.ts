import { BlockList, isIP } from "node:net";

/** True for literal 127/8 and ::1 (mapped forms too), `localhost` and `*.localhost`. `host` without brackets. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return isIP(name) === 0 ? isLocalhostName(name) : isLoopbackAddress(name);
}

/** True for `localhost` and the names under it, which RFC 6761 reserves for loopback. */
export function isLocalhostName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return name === "localhost" || name.endsWith(".localhost");
}

function isLoopbackAddress(address: string): boolean {
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addAddress("::1", "ipv6");
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
