import { percentDecode, percentEncode } from "./percentCoding.ts";
import type { ByteString } from "./rawRequest.ts";

/** How a service reads the path of a request. */
export interface PathRules {
  /** Remove dot segments and empty segments. */
  readonly normalizePath: boolean;
  /** Encode the path as received once more; false: decode each segment, then encode it (S3 family). */
  readonly doubleEncode: boolean;
}

/** The canonical URI of a path as received. A `%2F` never becomes a separator: segments are split before decoding. */
export function canonicalPath(path: ByteString, rules: PathRules): string {
  const normal = rules.normalizePath ? withoutDotSegments(path) : path;
  const segment = rules.doubleEncode
    ? percentEncode
    : (bytes: ByteString) => percentEncode(percentDecode(bytes));
  return normal.split("/").map(segment).join("/");
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
