import { decodeToBytes, encodeBytes, encodeText } from "./percentEncoding.ts";

/** How a service reads the path it receives. */
export interface PathRules {
  /** Remove dot segments and empty segments first (all but the S3 family). */
  readonly normalizePath: boolean;
  /** Encode what is on the wire once more (all but the S3 family). */
  readonly doubleEncode: boolean;
}

const slash = 0x2f;

const nothingToDo = /^(?:\/[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*)*\/?$/;

/**
 * The canonical path of a request target's path, taken as it goes on the wire.
 * S3 family: decoded, then each byte but `/` encoded. An object's key is text, in which `%2F` and `/` are the same.
 */
export function canonicalPath(wirePath: string, rules: PathRules): string {
  if (nothingToDo.test(wirePath)) return wirePath === "" ? "/" : wirePath;
  const path = rules.normalizePath ? normalizePath(wirePath) : wirePath;
  return rules.doubleEncode ? path.split("/").map(encodeText).join("/") : reencode(path);
}

function reencode(path: string): string {
  let encoded = "";
  for (const byte of decodeToBytes(path)) encoded += byte === slash ? "/" : encodeBytes([byte]);
  return encoded;
}

/** RFC 3986 dot-segment removal with empty segments collapsed; a trailing slash is kept. */
function normalizePath(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/");
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const last = segments[segments.length - 1];
  const endsInSlash = kept.length > 0 && last === "";
  return `/${kept.join("/")}${endsInSlash ? "/" : ""}`;
}
