import { canonicalHeaders, type HeaderValues } from "./canonicalHeaders.ts";
import { canonicalPath, type PathRules } from "./canonicalPath.ts";
import { canonicalQuery, type Parameter } from "./canonicalQuery.ts";
import type { ByteString } from "./rawRequest.ts";

/** What a canonical request is made of. */
export interface CanonicalParts {
  readonly method: string;
  /** As received. */
  readonly path: ByteString;
  readonly pathRules: PathRules;
  /** Those under the signature. */
  readonly parameters: readonly Parameter[];
  readonly headers: HeaderValues;
  /** Lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body, or "UNSIGNED-PAYLOAD". */
  readonly payloadHash: string;
}

/**
 * The canonical request of SigV4.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function canonicalRequest(parts: CanonicalParts): ByteString {
  return [
    parts.method,
    canonicalPath(parts.path, parts.pathRules),
    canonicalQuery(parts.parameters),
    canonicalHeaders(parts.headers, parts.signedHeaders),
    parts.signedHeaders.join(";"),
    parts.payloadHash,
  ].join("\n");
}
