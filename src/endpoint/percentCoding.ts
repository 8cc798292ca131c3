import type { ByteString } from "./rawRequest.ts";

const escapes: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
);

/** RFC 3986 encoding as SigV4's UriEncode defines it: every byte but `A-Z a-z 0-9 - . _ ~` becomes `%XX`. */
export function percentEncode(bytes: ByteString): string {
  return bytes.replace(/[^A-Za-z0-9\-._~]/g, (byte) => escapes[byte.charCodeAt(0)] ?? "");
}

/** The bytes behind percent escapes. A `%` that begins no escape is that byte itself; `%E9` is one byte, not text. */
export function percentDecode(encoded: ByteString): ByteString {
  if (!encoded.includes("%")) return encoded;
  return encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
