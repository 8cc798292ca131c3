import { UserError } from "../errors.ts";
import { type AccountEvidence, plannedAccounts, signingAccounts } from "../identity/accountEvidence.ts";
import type { IdentityPlan } from "../identity/resolveIdentity.ts";
import type { Identity, ResolvedRequest, SigningScope, Sourced } from "../stages.ts";
import { type CallerEffects, calledIdentity, callerIdentity } from "./callerIdentity.ts";

/** For a request that is signed and not sent, when its account had to be asked for. */
export const accountNote =
  "STS was asked for the account of these credentials; the request itself is not sent.";

type Directed = Pick<ResolvedRequest, "settings">;

/** The account in the ARNs of the local endpoint (docs/endpoint.md): whoever signs with its keys is of that one. */
const localEndpoint: AccountEvidence = { account: "123456789012", from: "the local endpoint" };

/**
 * Holds `# @account` against what can be known before anything is asked, run or contacted.
 * @throws UserError `E_ACCOUNT`
 */
export function checkPlannedAccount({ settings: { account } }: Directed, plan: IdentityPlan): void {
  if (account === undefined) return;
  const { way } = plan;
  refuseOther(account, plan, way.kind === "local" ? [localEndpoint] : plannedAccounts(way.plan));
}

/**
 * Holds `# @account` against the credentials that sign. Where they do not tell their account, STS does: it is asked
 * after the approval, once for each key.
 * @returns the identity, with what STS said of it
 * @throws UserError `E_ACCOUNT`, `E_ACCOUNT_UNKNOWN`, `E_CANCELLED`
 */
export async function checkSigningAccount(
  { settings: { account } }: Directed,
  { plan, scope }: { readonly plan: IdentityPlan; readonly scope: SigningScope },
  identity: Identity,
  effects: CallerEffects,
): Promise<Identity> {
  const { way } = plan;
  if (account === undefined || way.kind === "local") return identity;
  const known = signingAccounts(way.plan, identity);
  refuseOther(account, plan, known);
  if (known.length > 0) return identity;
  const sts = { ...way.sts, region: way.sts.region ?? scope.region };
  const called = await calledBySts(account, { ...plan, way: { ...way, sts } }, identity, effects);
  refuseOther(account, plan, [{ account: called.account ?? "", from: "STS" }]);
  return called;
}

/** What is wrong with who signs, once AWS said who that is; null when it is whom the request is for. */
export function wrongAccount(
  { settings: { account } }: Directed,
  plan: IdentityPlan,
  identity: Identity,
): UserError | null {
  if (account === undefined) return null;
  const found = plan.way.kind === "local" ? localEndpoint : { account: identity.account ?? "", from: "STS" };
  return found.account === account.value ? null : otherAccount(account, plan, found);
}

function refuseOther(account: Sourced<string>, plan: IdentityPlan, known: readonly AccountEvidence[]): void {
  const other = known.find((one) => one.account !== account.value);
  if (other !== undefined) throw otherAccount(account, plan, other);
}

async function calledBySts(
  account: Sourced<string>,
  plan: IdentityPlan,
  identity: Identity,
  effects: CallerEffects,
): Promise<Identity> {
  try {
    return calledIdentity(identity, await callerIdentity(plan, identity.credentials, effects));
  } catch (error) {
    throw error instanceof UserError && error.phase !== "cancel" ? unknown(account, plan, error) : error;
  }
}

function otherAccount(account: Sourced<string>, plan: IdentityPlan, found: AccountEvidence): UserError {
  return new UserError({
    code: "E_ACCOUNT",
    phase: "guard",
    message: `${account.source}: this request is for account ${account.value}, but ${signerOf(plan)} signs for ${found.account} (from ${found.from}); nothing was sent.`,
    hint: "Choose another profile (--profile, or Switch Profile in VS Code), or correct `# @account`.",
  });
}

function unknown(account: Sourced<string>, plan: IdentityPlan, cause: UserError): UserError {
  const why = cause.message.replace(/\.$/, "");
  return new UserError({
    code: "E_ACCOUNT_UNKNOWN",
    phase: "guard",
    message: `${account.source}: this request is for account ${account.value}, and it cannot be told for which ${signerOf(plan)} signs: ${why}; nothing was sent.`,
    hint: "Send again when STS can be asked, or write `aws_account_id` into the profile that signs.",
    cause,
  });
}

function signerOf({ profile, source }: IdentityPlan): string {
  return profile === null ? `the identity of ${source}` : `profile "${profile}"`;
}
