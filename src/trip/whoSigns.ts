import { UserError } from "../errors.ts";
import type { CaBundle } from "../identity/caBundle.ts";
import {
  type IdentityPlan,
  type PlanningEffects,
  planIdentity,
  unsignedBundle,
} from "../identity/resolveIdentity.ts";
import type { Identity, ResolvedRequest } from "../stages.ts";
import { signerVoices, voices } from "./decisions.ts";
import type { TripChoices } from "./tripChoices.ts";

/** The certificates that count for a request that goes out unsigned. */
export function bundleOfUnsigned(
  { settings, target }: Pick<ResolvedRequest, "settings" | "target">,
  choices: TripChoices,
  effects: PlanningEffects,
): Promise<CaBundle | null> {
  const authority = `${target.host}:${target.port}`;
  return unsignedBundle({ ...voices(choices), directiveProfile: settings.profile, authority }, effects);
}

/** Who would sign. Files are read; nothing is run, asked or contacted. */
export function whoSigns(
  request: Pick<ResolvedRequest, "settings" | "target" | "requestKeys">,
  choices: TripChoices,
  effects: PlanningEffects,
): Promise<IdentityPlan> {
  return planIdentity(signerVoices(request, choices), effects);
}

/** A sentence for a request that is signed and not sent, when getting its credentials asks STS; else null. */
export function contactNote({ way }: IdentityPlan): string | null {
  if (way.kind === "local") return null;
  const { first, roles } = way.plan;
  const hosts = [...(first.kind === "webIdentity" ? [first] : []), ...roles].map(
    ({ endpoint }) => new URL(endpoint).host,
  );
  if (hosts.length === 0) return null;
  const names = [...new Set(hosts)].join(" and ");
  return `Credentials come from STS at ${names}, which is asked unless they are kept; the request itself is not sent.`;
}

/** Milliseconds: credentials that end sooner are worth a word. */
const soon = 5 * 60_000;

/**
 * A sentence when the credentials are about to end, else null.
 * @throws UserError `E_CREDENTIALS_EXPIRED` when they ended since they were got
 */
export function expiryNote({ expires, profile, source }: Identity, now: Date): string | null {
  if (expires === null) return null;
  const left = expires.getTime() - now.getTime();
  if (left > soon) return null;
  const who = profile === null ? "the environment" : `profile "${profile}"`;
  if (left > 0) return `The credentials of ${who} end in ${Math.ceil(left / 1000)} s.`;
  throw new UserError({
    code: "E_CREDENTIALS_EXPIRED",
    phase: "credentials",
    message: `The credentials of ${who} (chosen by ${source}) ended at ${expires.toISOString()}, before the request could go out; nothing was sent.`,
    hint: "Send again: new ones are got. If that does not help, check this machine's clock.",
  });
}
