/** The kinds of policy that have a say. When several deny, the first of these is named: IAM names one, too. */
export const policyKinds = [
  "scp",
  "rcp",
  "boundary",
  "session",
  "vpcEndpoint",
  "identity",
  "resource",
] as const;

export type PolicyKind = (typeof policyKinds)[number];

/** The policies that hold, each as its statements; a kind that is not there is not attached. */
export type Policies = { readonly [Kind in PolicyKind]?: readonly Statement[] };

/** One statement of a policy, read and found to be one. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Null: whoever asks. */
  readonly principals: readonly string[] | null;
}

/** What `Action` or `Resource` names, or for `NotAction` and `NotResource` everything else. */
export interface Patterns {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** What is asked of the policies. */
export interface Access {
  readonly userArn: string;
  readonly account: string;
  readonly action: string;
  readonly resource: string;
}

/** The policy that stands against an access: one that denies it, or one that does not allow it. */
export interface Denial {
  readonly policy: PolicyKind;
  readonly explicit: boolean;
}

/** The names of the kinds as IAM writes them in a sentence. */
const names: Readonly<Record<PolicyKind, { readonly allows: string; readonly denies: string }>> = {
  scp: { allows: "service control policy", denies: "a service control policy" },
  rcp: { allows: "resource control policy", denies: "a resource control policy" },
  boundary: { allows: "permissions boundary", denies: "a permissions boundary" },
  // With an s in the one and without in the other: so it stands in the IAM User Guide.
  session: { allows: "session policy", denies: "a sessions policy" },
  vpcEndpoint: { allows: "VPC endpoint policy", denies: "a VPC endpoint policy" },
  identity: { allows: "identity-based policy", denies: "an identity-based policy" },
  resource: { allows: "resource-based policy", denies: "a resource-based policy" },
};

/**
 * The end of IAM's sentence that tells which policy it was.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialClause({ policy, explicit }: Denial, action: string): string {
  const { allows, denies } = names[policy];
  return explicit ? `with an explicit deny in ${denies}` : `because no ${allows} allows the ${action} action`;
}
