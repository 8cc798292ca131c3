import { percentDecode, percentEncode } from "./percentCoding.ts";
import type { ByteString } from "./rawRequest.ts";

/** How a service reads the path of a request. */
export interface PathRules {
  /** Remove dot segments and empty segments. */
  readonly normalizePath: boolean;
  /** Encode the path as received once more; false: decode it, then encode every byte but `/` (S3 family). */
  readonly doubleEncode: boolean;
}

/**
 * The canonical URI of a path as received. Only S3's services read `%2F` as `/`: there a path is an object's key, which
 * has no segments.
 */
export function canonicalPath(path: ByteString, rules: PathRules): string {
  const normal = rules.normalizePath ? withoutDotSegments(path) : path;
  const received = rules.doubleEncode ? normal : percentDecode(normal);
  return received.split("/").map(percentEncode).join("/");
}

function withoutDotSegments(path: ByteString): ByteString {
  const kept: ByteString[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const slash = kept.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${kept.join("/")}${slash}`;
}
