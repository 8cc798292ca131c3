import { type HostParts, hostParts, labelKeys } from "./hostParts.ts";
import {
  alternativeNames,
  homeRegion,
  multiRegion,
  multiRegionWhereGlobal,
  notSigned,
  onAwsServices,
  onlyRegion,
  signingNames,
  unsignedServices,
} from "./hostTable.ts";

/** What a host name tells about the signing scope: each half with its reason in words, null where it does not tell. */
export interface HostScope {
  /** Signing name. */
  readonly service: string | null;
  readonly serviceReason: string;
  readonly region: string | null;
  readonly regionReason: string;
  /** Other signing names that this host takes for some paths, each with its case in words. */
  readonly alternatives: readonly string[];
}

/** What the labels before the region stand for. `key` is the entry of the host table, or the label itself. */
type Meaning =
  | { readonly kind: "service"; readonly key: string; readonly name: string }
  | { readonly kind: "multiRegion"; readonly key: string; readonly name: string }
  | { readonly kind: "notSigned"; readonly key: string; readonly what: string };

/** Service and region to sign for, read from a host name (no port; any case; a trailing dot is ignored). */
export function hostScope(host: string): HostScope {
  const parts = hostParts(host);
  if (parts === null) return untold(`${host} is not an AWS host`);
  const meaning = meaningOf(parts);
  if (meaning === null) return untold(`${parts.host} names no AWS service`);
  if (meaning.kind === "notSigned") {
    return { ...untold(`${parts.host} ${meaning.what}`), ...regionOf(parts, null) };
  }
  return {
    service: meaning.name,
    serviceReason: serviceReason(parts, meaning.key, meaning.name),
    ...(meaning.kind === "multiRegion" ? spansRegions(parts) : regionOf(parts, meaning)),
    alternatives: alternativeNames.get(meaning.name) ?? [],
  };
}

/** True for the hosts of AWS services; false for what AWS merely hosts for others (load balancers, databases, websites). */
export function isAwsHost(host: string): boolean {
  return hostScope(host).service !== null;
}

/** True for hosts that answer for several regions at once and take SigV4A signatures only: S3's multi-region access points, … */
export function needsSigV4a(host: string): boolean {
  const parts = hostParts(host);
  return parts !== null && meaningOf(parts)?.kind === "multiRegion";
}

/** True for AWS services whose operations are called without a signature: cognito-idp, oidc, portal.sso. */
export function isUnsignedService(host: string): boolean {
  const parts = hostParts(host);
  const meaning = parts === null ? null : meaningOf(parts);
  return meaning?.kind === "service" && unsignedServices.has(meaning.key);
}

function meaningOf(parts: HostParts): Meaning | null {
  for (const key of labelKeys(parts.labels)) {
    const meaning = meaningOfKey(key, parts);
    if (meaning !== null) return meaning;
  }
  const last = parts.labels.at(-1);
  if (last === undefined || parts.suffix === "on.aws") return null;
  if (last.startsWith("s3express-")) return { kind: "service", key: last, name: "s3express" };
  const namesRegion = parts.region !== null || parts.isGlobal || parts.labels.length === 1;
  return namesRegion ? { kind: "service", key: last, name: last } : null;
}

function meaningOfKey(key: string, { suffix, isGlobal }: HostParts): Meaning | null {
  const what = notSigned.get(key);
  if (what !== undefined) return { kind: "notSigned", key, what };
  const spanning = multiRegion.get(key);
  if (spanning !== undefined) return { kind: "multiRegion", key, name: spanning };
  const name = suffix === "on.aws" && !onAwsServices.has(key) ? undefined : signingNames.get(key);
  if (name === undefined) return null;
  return { kind: isGlobal && multiRegionWhereGlobal.has(key) ? "multiRegion" : "service", key, name };
}

function serviceReason(parts: HostParts, key: string, name: string): string {
  const label = key.replace("*.", "");
  return label === name
    ? `from the host: ${name} in ${parts.host}`
    : `from the host: ${label} in ${parts.host} is signed as ${name}`;
}

type RegionHalf = Pick<HostScope, "region" | "regionReason">;

function regionOf(parts: HostParts, service: (Meaning & { kind: "service" }) | null): RegionHalf {
  const { host, partition, region } = parts;
  const name = service?.name ?? "";
  const only = partition === "aws" ? onlyRegion.get(name) : undefined;
  if (only !== undefined) return { region: only, regionReason: `${name} is signed for ${only} everywhere` };
  if (region !== null) return { region, regionReason: `from the host: ${region} in ${host}` };
  if (service?.key === "s3-accelerate") {
    return { region: null, regionReason: `${host} accelerates a bucket without naming the bucket's region` };
  }
  const mayBeGlobal = parts.isGlobal || parts.labels.length === 1 || name === "s3";
  if (service === null || !mayBeGlobal) return { region: null, regionReason: `${host} names no region` };
  const home = homeRegion.get(name) ?? parts.globalRegion;
  return { region: home, regionReason: `${host} names no region: such hosts are signed for ${home}` };
}

function spansRegions(parts: HostParts): RegionHalf {
  return { region: null, regionReason: `${parts.host} spans regions: it takes SigV4A signatures only` };
}

function untold(reason: string): HostScope {
  return { service: null, serviceReason: reason, region: null, regionReason: reason, alternatives: [] };
}
