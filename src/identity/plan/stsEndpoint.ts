import { UserError } from "../../errors.ts";
import type { AwsFiles } from "../files/awsFiles.ts";
import {
  commentHint,
  type Environment,
  type Profile,
  type ProfileKey,
  profileKey,
  variable,
} from "../files/profile.ts";
import { refuseInWorkspace } from "../files/workspaceFile.ts";
import { isLoopbackAuthority } from "./loopbackAuthority.ts";

/** Where a role is asked for. Both are always told to the SDK, so that it looks nowhere else for them. */
export interface StsEndpoint {
  readonly region: string;
  /** A URL. */
  readonly endpoint: string;
}

/** Who can say where STS is. */
export interface StsEndpointVoices {
  readonly files: AwsFiles;
  readonly env: Environment;
  /** The profile that names the role; null for keys of the environment. */
  readonly profile: Profile | null;
  /** Its source, whose region stands in. */
  readonly source: Profile | null;
  /** A region to fall back on before the environment's. */
  readonly region: string | null;
  /** `aws`, `aws-cn`, … of the role. */
  readonly partition: string;
}

interface Setting {
  readonly value: string;
  readonly place: string;
}

/** As typed: clouds of one's own have names like RegionOne. No underscores: neither the SDK nor the AWS CLI takes them. */
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

const partitionRegions: ReadonlyMap<string, string> = new Map([
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
  ["aws-iso", "us-iso-east-1"],
  ["aws-iso-b", "us-isob-east-1"],
  ["aws-eusc", "eusc-de-east-1"],
]);

const suffixes: readonly (readonly [regionPrefix: string, suffix: string])[] = [
  ["cn-", "amazonaws.com.cn"],
  ["us-iso-", "c2s.ic.gov"],
  ["us-isob-", "sc2s.sgov.gov"],
  ["us-isof-", "csp.hci.ic.gov"],
  ["eu-isoe-", "cloud.adc-e.uk"],
  ["eusc-", "amazonaws.eu"],
];

/**
 * Region: the profile's, its source's, the fallback, AWS_REGION, AWS_DEFAULT_REGION, the partition's first.
 * Endpoint, in the AWS CLI's order: AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, the profile's `services` section, its
 * `endpoint_url`, the region's own.
 * @throws UserError `E_STS_REGION`, `E_STS_ENDPOINT`, `E_PROFILE_VALUE`, `E_AWS_FILE_IN_WORKSPACE`
 */
export function stsEndpoint(voices: StsEndpointVoices): StsEndpoint {
  const region = regionOf(voices);
  const configured = configuredEndpoint(voices);
  const suffix = suffixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "amazonaws.com";
  return {
    region,
    endpoint: configured === null ? `https://sts.${region}.${suffix}` : checkedEndpoint(configured),
  };
}

function regionOf({ profile, source, region, env, partition }: StsEndpointVoices): string {
  const setting =
    (profile && profileKey(profile, "region")) ??
    (source && profileKey(source, "region")) ??
    setBy("the request's region", region) ??
    setBy("AWS_REGION", variable(env, "AWS_REGION")) ??
    setBy("AWS_DEFAULT_REGION", variable(env, "AWS_DEFAULT_REGION"));
  if (setting === null) return partitionRegions.get(partition) ?? "us-east-1";
  if (label.test(setting.value)) return setting.value;
  throw new UserError({
    code: "E_STS_REGION",
    phase: "credentials",
    message: `The region given by ${setting.place} is not a region's name, so no role can be assumed through it.`,
    hint: `A region looks like eu-west-1: letters, digits and hyphens.${commentHint(setting.value)}`,
  });
}

function setBy(place: string, value: string | null): Setting | null {
  return value === null ? null : { value, place };
}

function configuredEndpoint({ files, env, profile }: StsEndpointVoices): Setting | null {
  const ignored =
    variable(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ??
    (profile && profileKey(profile, "ignore_configured_endpoint_urls")?.value);
  if (ignored?.toLowerCase() === "true") return null;
  for (const name of ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"]) {
    const fromEnvironment = setBy(name, variable(env, name));
    if (fromEnvironment !== null) return fromEnvironment;
  }
  if (profile === null) return null;
  const key = servicesEndpoint(files, profile) ?? profileKey(profile, "endpoint_url");
  if (key !== null) refuseInWorkspace(profile.name, "endpoint_url", key);
  return key;
}

function servicesEndpoint(files: AwsFiles, profile: Profile): ProfileKey | null {
  const named = profileKey(profile, "services");
  if (named === null) return null;
  const section = files.services.get(named.value);
  if (section === undefined) throw missingServices(profile, named);
  const key = section.get("sts.endpoint_url");
  return key !== undefined && key.value !== "" ? key : null;
}

/** Not to be passed over: STS would be asked somewhere else than was meant. */
function missingServices({ name }: Profile, { value, place }: ProfileKey): UserError {
  return new UserError({
    code: "E_PROFILE_VALUE",
    phase: "credentials",
    message: `Profile "${name}" names the services section "${value}" (${place}), which does not exist.`,
    hint: `Add [services ${value}] to the config file, or remove the line.${commentHint(value)}`,
  });
}

/** The answer holds the role's keys, so plain http is for this machine alone. */
function checkedEndpoint({ value, place }: Setting): string {
  const url = /^https?:\/\/[^\s@\\]+$/i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol === "https:" || (url !== null && isLoopbackAuthority(url.host))) return value;
  throw new UserError({
    code: "E_STS_ENDPOINT",
    phase: "credentials",
    message: `The STS endpoint given by ${place} is ${url === null ? "not a URL" : "plain http to another machine"}.`,
    hint: `Give an https:// URL; http:// is for loopback addresses only.${commentHint(value)}`,
  });
}
