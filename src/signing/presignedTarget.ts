import type { RequestTarget } from "../stages.ts";
import { encodeText } from "./percentEncoding.ts";

const parameters = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
] as const;

/**
 * The target with the signature's parameters behind its own query, which is left as it was written.
 * @param tokenAfterSigning a session token that is not under the signature and goes last
 */
export function presignedTarget(
  target: RequestTarget,
  signed: Readonly<Record<string, string | readonly string[] | null>>,
  tokenAfterSigning: string | undefined,
): RequestTarget {
  const added = parameters
    .filter((name) => typeof signed[name] === "string")
    .map((name) => `${name}=${encodeText(String(signed[name]))}`);
  if (tokenAfterSigning !== undefined) added.push(`X-Amz-Security-Token=${encodeText(tokenAfterSigning)}`);
  const before = target.query === null || target.query === "" ? [] : [target.query];
  return { ...target, query: [...before, ...added].join("&") };
}

/** The whole URL of a target: whoever has a presigned one can send it until it expires. */
export function urlOf(target: RequestTarget): string {
  const query = target.query === null ? "" : `?${target.query}`;
  return `${target.scheme}//${target.authority}${target.path}${query}`;
}
