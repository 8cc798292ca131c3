import { readQuery, splitTarget } from "./canonicalQuery.ts";
import { type ByteString, toText } from "./rawRequest.ts";

/** A header or parameter value as it may be shown: session tokens, API keys and a presigned URL's signature are only counted. */
export function maskValue(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case "x-amz-security-token":
      return `‹token, ${value.length} chars›`;
    // Whoever has a presigned URL's signature can send it until it expires.
    case "x-amz-signature":
      return `‹signature, ${value.length} chars›`;
    case "x-api-key":
    case "api-key":
    case "api_key":
    case "apikey":
      return `‹API key, ${value.length} chars›`;
    default:
      return value;
  }
}

/** A request target as it may be shown: undecoded, but for the values that `maskValue` hides. */
export function maskTarget(target: ByteString): string {
  const { path, query } = splitTarget(target);
  if (query === "") return toText(target);
  const pairs = query.split("&").map((pair) => {
    const [name, value] = readQuery(pair)[0] ?? ["", ""];
    const shown = maskValue(name, value);
    return shown === value ? toText(pair) : `${toText(name)}=${shown}`;
  });
  return `${toText(path)}?${pairs.join("&")}`;
}

/** An access key id as it may be shown. */
export function maskAccessKeyId(accessKeyId: string): string {
  return accessKeyId.length < 12 ? "…" : `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}
