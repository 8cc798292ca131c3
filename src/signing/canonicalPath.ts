import { decodeToBytes, encodeBytes, encodeText } from "./percentEncoding.ts";

/** How a service reads the path it receives. */
export interface PathRules {
  /** Remove dot segments and empty segments first (all but the S3 family). */
  readonly normalizePath: boolean;
  /** Encode what is on the wire once more (all but the S3 family). */
  readonly doubleEncode: boolean;
}

const nothingToDo = /^(?:\/[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*)*\/?$/;

/**
 * The canonical path of a request target's path, taken as it goes on the wire.
 * S3 family: `encode(decode(path))`, so that a `%2F` inside a segment survives and nothing is normalised.
 */
export function canonicalPath(wirePath: string, rules: PathRules): string {
  if (nothingToDo.test(wirePath)) return wirePath === "" ? "/" : wirePath;
  const path = rules.normalizePath ? normalizePath(wirePath) : wirePath;
  const encodeSegment = rules.doubleEncode ? encodeText : reencode;
  return path.split("/").map(encodeSegment).join("/");
}

function reencode(segment: string): string {
  return encodeBytes(decodeToBytes(segment));
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
