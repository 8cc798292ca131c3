import type { Field } from "../../stages.ts";

/** A request as the makers of statements look at it. */
export interface CalledParts {
  readonly method: string;
  /** Without a port. */
  readonly host: string;
  /** Without the slash before it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: readonly Field[];
  readonly body: string;
  /** "HTTP", "REST", "WebSocket"; null while unknown. */
  readonly apiType: string | null;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

/** An ARN of the region and the account that were called. */
export function arn({ partition, region, account }: CalledParts, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** The first label of a host. */
export function label(host: string): string {
  return host.split(".")[0] ?? "";
}

/** The partition of a region. */
export function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

const partitions: readonly (readonly [regionPrefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["eu-isoe-", "aws-iso-e"],
  ["eusc-", "aws-eusc"],
];

/** Members of a JSON object that are texts; none for anything else. */
export function textsOf(body: string): ReadonlyMap<string, string> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null) return new Map();
    return new Map(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return new Map();
  }
}
