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

/** Names of parameters of a signature that a query holds by itself, as typed: what an old presigned URL left behind. */
export function presigningNamesIn(query: string | null): readonly string[] {
  return (query ?? "")
    .split("&")
    .filter(isPresigning)
    .map((pair) => pair.split("=", 1).join(""));
}

/** The target without them: they would stand twice in the URL, and servers disagree on which one counts. */
export function withoutPresigning(target: RequestTarget): RequestTarget {
  if (presigningNamesIn(target.query).length === 0) return target;
  const kept = (target.query ?? "").split("&").filter((pair) => !isPresigning(pair));
  return { ...target, query: kept.length === 0 ? null : kept.join("&") };
}

const lowerCaseParameters: ReadonlySet<string> = new Set(parameters.map((name) => name.toLowerCase()));

/** By the name as a server reads it, without case. */
function isPresigning(pair: string): boolean {
  const name = pair
    .split("=", 1)
    .join("")
    .replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return lowerCaseParameters.has(name.toLowerCase());
}

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
