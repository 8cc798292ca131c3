import { isIPv6 } from "node:net";

/** IPv4 addresses that an IPv6 address may lead to. */
export interface EmbeddedAddresses {
  /** Of forms that stand for an IPv4 address by their standard. */
  readonly certain: readonly string[];
  /** Where a translator's own prefix, which nobody here knows, would put them. */
  readonly possible: readonly string[];
}

type Bytes = readonly number[];

/** Where RFC 6052 puts the four bytes, by the length of the prefix; byte 8 is left out of each. */
const translatedAt: readonly Bytes[] = [
  [4, 5, 6, 7],
  [5, 6, 7, 9],
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
];

const last: Bytes = [12, 13, 14, 15];

interface Form {
  /** The bytes that it is known by. */
  readonly is: (bytes: Bytes) => boolean;
  readonly at: readonly Bytes[];
}

const forms: readonly Form[] = [
  // IPv4-compatible, IPv4-mapped (RFC 4291) and IPv4-translated (RFC 2765).
  { is: (bytes) => hasHex(bytes, 0, "000000000000000000000000"), at: [last] },
  { is: (bytes) => hasHex(bytes, 0, "00000000000000000000ffff"), at: [last] },
  { is: (bytes) => hasHex(bytes, 0, "0000000000000000ffff0000"), at: [last] },
  // NAT64 by the well-known prefix (RFC 6052), and by those for local use (RFC 8215), of whatever length.
  { is: (bytes) => hasHex(bytes, 0, "0064ff9b0000000000000000"), at: [last] },
  { is: (bytes) => hasHex(bytes, 0, "0064ff9b0001"), at: translatedAt },
  // 6to4 (RFC 3056); Teredo's server (RFC 4380); ISATAP behind any prefix (RFC 5214).
  { is: (bytes) => hasHex(bytes, 0, "2002"), at: [[2, 3, 4, 5], last] },
  { is: (bytes) => hasHex(bytes, 0, "20010000"), at: [[4, 5, 6, 7]] },
  { is: (bytes) => hasHex(bytes, 8, "00005efe") || hasHex(bytes, 8, "02005efe"), at: [last] },
];

/** What an IPv6 address (no brackets, no zone) carries of IPv4; nothing for any other text. */
export function embeddedAddresses(address: string): EmbeddedAddresses {
  const bytes = bytesOf(address);
  if (bytes === null) return { certain: [], possible: [] };
  const certain = forms.filter(({ is }) => is(bytes)).flatMap(({ at }) => at);
  // Teredo hides the client's address by inverting it.
  const inverted = hasHex(bytes, 0, "20010000")
    ? [
        dotted(
          bytes.map((byte) => byte ^ 0xff),
          last,
        ),
      ]
    : [];
  return {
    certain: [...certain.map((places) => dotted(bytes, places)), ...inverted],
    possible: translatedAt.map((places) => dotted(bytes, places)),
  };
}

function hasHex(bytes: Bytes, from: number, hex: string): boolean {
  return Buffer.from(hex, "hex").every((byte, index) => bytes[from + index] === byte);
}

function dotted(bytes: Bytes, places: Bytes): string {
  return places.map((place) => bytes[place] ?? 0).join(".");
}

/** Sixteen bytes; null for what is no IPv6 address. */
function bytesOf(address: string): Bytes | null {
  if (!isIPv6(address)) return null;
  // The URL's parser writes dotted tails as hexadecimal.
  const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: gap }, () => 0), ...after];
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

function groupsOf(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
