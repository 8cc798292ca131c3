import type { Credentials, Identity } from "../stages.ts";
import { accountFromKeyId } from "./plan/accountFromKeyId.ts";
import type { CredentialPlan } from "./plan/plan.ts";
import { plannedRole } from "./plannedIdentity.ts";

/** One word on the account that signs, and whose word it is. Two of them may differ: a profile can be wrong about its keys. */
export interface AccountEvidence {
  /** Twelve digits. */
  readonly account: string;
  /** `role arn:aws:iam::…:role/ops, ~/.aws/config:3`, `its access key id`. */
  readonly from: string;
}

/** What a plan tells before anything is run, asked or contacted; empty when it tells nothing. */
export function plannedAccounts(plan: CredentialPlan): readonly AccountEvidence[] {
  const ofRole = roleAccount(plan);
  if (ofRole !== null) return [ofRole];
  const { first } = plan;
  if (first.kind === "process")
    return first.account === null ? [] : [{ account: first.account, from: "aws_account_id of its profile" }];
  return "credentials" in first ? accountsOfKeys(first.credentials, statedBy[first.kind]) : [];
}

/** What is known once there are credentials; without asking anybody. */
export function signingAccounts(
  plan: CredentialPlan,
  { credentials }: Pick<Identity, "credentials">,
): readonly AccountEvidence[] {
  const ofRole = roleAccount(plan);
  // A role's credentials say nothing of the profile that asked for it.
  const stated = ofRole === null ? statedBy[plan.first.kind] : "its credentials";
  return [...(ofRole === null ? [] : [ofRole]), ...accountsOfKeys(credentials, stated)];
}

function roleAccount(plan: CredentialPlan): AccountEvidence | null {
  const role = plannedRole(plan);
  return role && { account: role.role.account, from: `role ${role.roleArn}, ${role.place}` };
}

const statedBy: Readonly<Record<CredentialPlan["first"]["kind"], string>> = {
  static: "aws_account_id of its profile",
  environment: "AWS_ACCOUNT_ID",
  request: "the request's keys",
  process: "its credential process",
  webIdentity: "its credentials",
  container: "the container's credentials",
  instanceMetadata: "the instance's credentials",
};

/** The id is made by AWS and comes first: what is written beside it may be wrong. */
function accountsOfKeys({ accessKeyId, accountId }: Credentials, stated: string): readonly AccountEvidence[] {
  const decoded = accountFromKeyId(accessKeyId);
  return [
    ...(decoded === null ? [] : [{ account: decoded, from: "its access key id" }]),
    ...(accountId === undefined ? [] : [{ account: accountId, from: stated }]),
  ];
}
