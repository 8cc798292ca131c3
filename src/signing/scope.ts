import { UserError } from "../errors.ts";
import type { RequestSettings, SigningScope, Sourced } from "../stages.ts";

/** What the host name tells: each half with its reason, null where it does not tell. */
export interface HostReading {
  readonly service: string | null;
  readonly serviceReason: string;
  readonly region: string | null;
  readonly regionReason: string;
}

/** Everything that may say for which service a request is signed. */
export interface ServiceSources {
  readonly flagService: string | undefined;
  readonly settings: Pick<RequestSettings, "region" | "service">;
  readonly host: HostReading;
  /** The host takes SigV4A signatures only. */
  readonly needsSigV4a: boolean;
}

/** Everything that may say for what a request is signed. */
export interface ScopeSources extends ServiceSources {
  /** Given by the person for this send: before everything else. */
  readonly flagRegion: Sourced<string> | undefined;
  /** From settings, environment, profile or the folder's files; null when none of them says. */
  readonly configuredRegion: Sourced<string> | null;
}

/** A scope, and a sentence when the chosen region or service contradicts the host's own. */
export interface ScopeDecision {
  readonly scope: SigningScope;
  readonly conflict: string | null;
}

/**
 * Service and region to sign for: flag, directive, host, and for the region environment and profile after them.
 * @throws UserError `E_SIGV4A_NEEDED`, `E_REGION_UNKNOWN`
 */
export function signingScope(sources: ScopeSources, authority: string): ScopeDecision {
  const service = signingService(sources, authority);
  const region = chosenRegion(sources);
  if (region === null) throw unknownRegion(authority);
  return {
    scope: {
      region: region.value,
      regionSource: region.source,
      service: service.value,
      serviceSource: service.source,
    },
    conflict: conflictOf(region, service, sources),
  };
}

/**
 * The service to sign for: flag, directive, host; else API Gateway's, whose custom domains are what most other hosts
 * are. Needs no profile, so it can be asked before anybody signs.
 * @throws UserError `E_SIGV4A_NEEDED`
 */
export function signingService(sources: ServiceSources, authority: string): Sourced<string> {
  if (sources.needsSigV4a) throw sigV4aNeeded(authority);
  return chosenService(sources) ?? { value: "execute-api", source: assumed };
}

/** The source of a service that nothing names. */
const assumed = "assumed";

/** The service as a person is told of it: `execute-api (assumed)` where nothing names it. */
export function serviceText({ value, source }: Sourced<string>): string {
  return source === assumed ? `${value} (${assumed})` : value;
}

/** The service of a scope as a person is told of it. */
export function scopeServiceText({ service, serviceSource }: SigningScope): string {
  return serviceText({ value: service, source: serviceSource });
}

function chosenService({ flagService, settings, host }: ServiceSources): Sourced<string> | null {
  if (flagService !== undefined) return { value: flagService, source: "--service" };
  if (settings.service !== undefined) return settings.service;
  return host.service === null ? null : { value: host.service, source: host.serviceReason };
}

function chosenRegion({
  flagRegion,
  settings,
  host,
  configuredRegion,
}: ScopeSources): Sourced<string> | null {
  if (flagRegion !== undefined) return flagRegion;
  if (settings.region !== undefined) return settings.region;
  if (host.region !== null) return { value: host.region, source: host.regionReason };
  return configuredRegion;
}

function conflictOf(
  region: Sourced<string>,
  service: Sourced<string>,
  { host, configuredRegion }: ScopeSources,
): string | null {
  if (host.region !== null && host.region !== region.value) {
    return `Signed for ${region.value} (${region.source}), but the host is in ${host.region}.`;
  }
  if (host.service !== null && host.service !== service.value) {
    return `Signed for ${service.value} (${service.source}), but the host is ${host.service}'s.`;
  }
  const isHosts = host.region !== null && region.source === host.regionReason;
  if (isHosts && configuredRegion !== null && configuredRegion.value !== region.value) {
    return `Signed for ${region.value}, where the host is; ${configuredRegion.value} (${configuredRegion.source}) is not used.`;
  }
  return null;
}

function unknownRegion(authority: string): UserError {
  return new UserError({
    code: "E_REGION_UNKNOWN",
    phase: "sign",
    message: `Nothing tells the region to sign for: not ${authority}, not the request, not the environment, not the profile.`,
    hint: "Add `# @region eu-west-1` (the endpoint's region) to the request, or pass --region.",
  });
}

function sigV4aNeeded(authority: string): UserError {
  return new UserError({
    code: "E_SIGV4A_NEEDED",
    phase: "sign",
    message: `${authority} answers for several regions and takes SigV4A signatures only, which are not supported yet.`,
    hint: "Use the endpoint of one region where the service has one.",
  });
}
