import { maskKeyId } from "../../guard/masks.ts";
import type { IdentityChip } from "../../page/view.ts";
import { scopeServiceText } from "../../signing/scope.ts";
import type { Trip } from "../../trip/trip.ts";

/** Who signs, as the panel shows it; null while nobody is known. */
export function identityChip({ identity, signed }: Pick<Trip, "identity" | "signed">): IdentityChip | null {
  if (identity === null) return null;
  const scope = signed?.trace?.scope ?? null;
  return {
    profile: identity.profile ?? "keys of the environment",
    source: identity.source,
    kind: identity.kind,
    account: identity.account,
    arn: identity.arn,
    role: identity.role,
    accessKeyId: maskKeyId(identity.credentials.accessKeyId),
    region: scope?.region ?? null,
    service: scope && scopeServiceText(scope),
    expires: identity.expires?.toISOString() ?? null,
  };
}
