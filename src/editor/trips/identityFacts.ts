import { maskKeyId } from "../../guard/masks.ts";
import type { KnownCaller } from "../../trip/whoAmI.ts";

/** One line about who signs. */
export interface IdentityFact {
  readonly label: "Profile" | "Kind" | "Role" | "Account" | "ARN" | "User id" | "Key" | "Region" | "Expires";
  readonly value: string;
  /** Where it comes from, or null. */
  readonly source: string | null;
}

/** What is known of who signs, in the order in which a person asks. */
export function identityFacts({ identity, caller, region, refused }: KnownCaller): readonly IdentityFact[] {
  const { profile, source, kind, role, account, arn, expires, credentials } = identity;
  const facts: readonly (readonly [IdentityFact["label"], string | null, string | null])[] = [
    ["Profile", profile ?? "(credentials of the environment)", source],
    ["Account", account, refused?.message ?? null],
    ["ARN", arn, null],
    ["Role", role, null],
    ["Kind", kind, null],
    ["User id", caller?.userId ?? null, null],
    ["Key", maskKeyId(credentials.accessKeyId), null],
    ["Region", region?.value ?? null, region?.source ?? null],
    ["Expires", expires?.toISOString() ?? null, null],
  ];
  return facts.flatMap(([label, value, from]) => (value === null ? [] : [{ label, value, source: from }]));
}
