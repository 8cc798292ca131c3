import { UserError } from "../errors.ts";
import type { Credentials, Identity } from "../stages.ts";
import type { PlanResult } from "./credentialCache.ts";
import { accountFromKeyId } from "./plan/accountFromKeyId.ts";
import type { CredentialPlan } from "./plan/plan.ts";
import { assumedRoleArn, type RoleArn } from "./plan/roleArn.ts";
import type { SourceStep } from "./plan/sourceStep.ts";

/** The role that signs in the end, and where it is written; null when the first credentials sign themselves. */
export function plannedRole({
  first,
  roles,
}: CredentialPlan): { readonly roleArn: string; readonly role: RoleArn; readonly place: string } | null {
  return roles.at(-1) ?? (first.kind === "webIdentity" ? first : null);
}

/** The account that would sign, twelve digits, as far as the plan tells; else null. */
export function plannedAccount(plan: CredentialPlan): string | null {
  const role = plannedRole(plan)?.role;
  if (role !== undefined) return role.account;
  const { first } = plan;
  if (first.kind === "process") return first.account;
  return "credentials" in first ? accountOf(first.credentials) : null;
}

/**
 * Who signs, from a plan and what came of it.
 * @throws UserError `E_CREDENTIALS_EXPIRED`
 */
export function finishedIdentity(plan: CredentialPlan, result: PlanResult, now: Date): Identity {
  const { credentials, sessionName } = result;
  const expires = credentials.expiration ?? null;
  if (expires !== null && expires <= now) throw expiredCredentials(plan, expires);
  const role = plannedRole(plan);
  return {
    profile: plan.profile,
    source: plan.source,
    kind: kindInWords(plan),
    role: role?.roleArn ?? null,
    credentials,
    account: role?.role.account ?? accountOf(credentials),
    arn: role === null || sessionName === null ? null : assumedRoleArn(role.role, sessionName),
    expires,
  };
}

/** How the credentials are got, in words. */
export function kindInWords({ first, roles }: CredentialPlan): string {
  if (roles.length > 0) return "assumed role";
  return first.kind === "static" && first.credentials.sessionToken !== undefined
    ? "session token"
    : sourceKinds[first.kind];
}

const sourceKinds: Record<SourceStep["kind"], string> = {
  static: "static keys",
  environment: "environment",
  request: "private environment",
  process: "credential process",
  webIdentity: "web identity",
  container: "container",
  instanceMetadata: "instance metadata",
};

function accountOf({ accountId, accessKeyId }: Credentials): string | null {
  return accountId ?? accountFromKeyId(accessKeyId);
}

/** Sentences worth knowing about how the credentials are got. */
export function planNotes({ first }: CredentialPlan): readonly string[] {
  if (first.kind !== "static" || first.unreadExpiration === undefined) return [];
  return [
    `The end that ${first.unreadExpiration} states for the keys of profile "${first.profile}" is not a time, so it does not count.`,
  ];
}

/** Credentials that are over: of a plan, at their place. */
export function expiredCredentials(plan: CredentialPlan, expires: Date): UserError {
  const who = plan.profile === null ? "the environment" : `profile "${plan.profile}"`;
  const { first } = plan;
  const stated = "expirationPlace" in first && first.credentials.expiration === expires;
  const place = (stated ? first.expirationPlace : null) ?? plannedRole(plan)?.place ?? first.place;
  return new UserError({
    code: "E_CREDENTIALS_EXPIRED",
    phase: "credentials",
    message: `The credentials of ${who} (${place}) expired at ${expires.toISOString()}.`,
    hint: "Get new ones, and check this machine's clock.",
  });
}
