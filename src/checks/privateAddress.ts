import { BlockList, isIP } from "node:net";

const kinds: readonly (readonly [kind: "loopback" | "private", list: BlockList])[] = [
  [
    "loopback",
    listOf([
      ["127.0.0.0", 8],
      ["::1", 128],
    ]),
  ],
  [
    "private",
    listOf([
      // RFC 1918, RFC 6598 (carrier-grade NAT), RFC 4193 (unique local).
      ["10.0.0.0", 8],
      ["172.16.0.0", 12],
      ["192.168.0.0", 16],
      ["100.64.0.0", 10],
      ["fc00::", 7],
    ]),
  ],
];

/** Whether an address (no brackets) can be reached from this machine or network only; null for what is no address. */
export function addressKind(address: string): "loopback" | "private" | "public" | null {
  const bare = address.replace(/%.*$/s, "");
  const family = isIP(bare);
  if (family === 0) return null;
  const version = family === 4 ? "ipv4" : "ipv6";
  return kinds.find(([, list]) => list.check(bare, version))?.[0] ?? "public";
}

function listOf(subnets: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets)
    list.addSubnet(network, prefix, network.includes(":") ? "ipv6" : "ipv4");
  return list;
}
