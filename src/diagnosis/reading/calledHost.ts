import { hostParts } from "../../signing/hostParts.ts";
import { hostScope } from "../../signing/hostScope.ts";

/** The region that a host of AWS names; null for other hosts, and for those that name none. */
export function regionOfHost(host: string | null): string | null {
  return hostParts(withoutPort(host))?.region ?? null;
}

/** The region for which requests to a host are signed, that of hosts for the whole partition among them. */
export function signedRegionOfHost(host: string | null): string | null {
  return hostScope(withoutPort(host)).region;
}

/** The signing name of the service at a host of AWS; null for other hosts. */
export function serviceOfHost(host: string | null): string | null {
  const name = withoutPort(host);
  return hostScope(name).service ?? (/\.vpce\.amazonaws\.com$/.test(name) ? "execute-api" : null);
}

/** True for a name under one of the suffixes of AWS, whatever is behind it. */
export function isUnderAws(host: string | null): boolean {
  return hostParts(withoutPort(host)) !== null;
}

function withoutPort(host: string | null): string {
  return (host ?? "").replace(/:\d+$/, "");
}
