import { UserError } from "../../errors.ts";
import { type Environment, variable } from "../files/profile.ts";
import { isLoopbackAuthority } from "./loopbackAuthority.ts";
import type { ContainerStep, InstanceMetadataStep } from "./sourceStep.ts";

/** The address of ECS's agent, to which a relative URI is added. */
const containerOrigin = "http://169.254.170.2";

/** Addresses of containers' agents that may be asked over plain http: ECS, EKS. */
const containerHosts: ReadonlySet<string> = new Set(["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]);

const instanceOrigins = { IPv4: "http://169.254.169.254", IPv6: "http://[fd00:ec2::254]" } as const;
const instanceHosts: ReadonlySet<string> = new Set(["169.254.169.254", "[fd00:ec2::254]"]);

const relativeUri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const fullUri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

/**
 * How the container that this runs in gives credentials, or null when it is in none.
 * @throws UserError `E_METADATA_ENDPOINT` for an address that is neither a container's agent nor https
 */
export function containerStep(env: Environment): ContainerStep | null {
  const relative = variable(env, relativeUri);
  const place = relative === null ? fullUri : relativeUri;
  const url = relative === null ? variable(env, fullUri) : `${containerOrigin}${relative}`;
  if (url === null) return null;
  checkEndpoint(url, containerHosts, place);
  const file = variable(env, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  const value = variable(env, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
  const authorization = file === null ? value && { value } : { file };
  return { kind: "container", place, url, authorization: authorization || null };
}

/**
 * The metadata service of an EC2 instance, or null when AWS_EC2_METADATA_DISABLED turns it off.
 * @throws UserError `E_METADATA_ENDPOINT`
 */
export function instanceMetadataStep(env: Environment): InstanceMetadataStep | null {
  if (variable(env, "AWS_EC2_METADATA_DISABLED")?.toLowerCase() === "true") return null;
  const name = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
  const given = variable(env, name);
  if (given !== null) {
    checkEndpoint(given, instanceHosts, name);
    return { kind: "instanceMetadata", place: name, endpoint: new URL(given).origin };
  }
  const mode = variable(env, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.toLowerCase();
  const endpoint = mode === "ipv6" ? instanceOrigins.IPv6 : instanceOrigins.IPv4;
  return { kind: "instanceMetadata", place: "EC2", endpoint };
}

/** The answer holds keys: over plain http only from this machine and from the addresses that are known for it. */
function checkEndpoint(written: string, known: ReadonlySet<string>, place: string): void {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url?.protocol === "https:" && url.username === "" && url.password === "") return;
  if (url?.protocol === "http:" && (known.has(url.hostname) || isLoopbackAuthority(url.host))) return;
  throw new UserError({
    code: "E_METADATA_ENDPOINT",
    phase: "credentials",
    message: `The address that ${place} gives for credentials is ${url === null ? "not a URL" : "neither https nor an address of this machine's own services"}.`,
    hint: `Unset ${place}, or give it an https:// URL.`,
  });
}
