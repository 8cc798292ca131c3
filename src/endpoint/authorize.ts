import {
  type Access,
  type Denial,
  type Policies,
  type PolicyKind,
  policyKinds,
  type Statement,
} from "./policies.ts";
import { matchesWildcard } from "./wildcard.ts";

/** These only limit: each that is attached must allow what another one grants. */
const bounds: readonly PolicyKind[] = ["scp", "rcp", "boundary", "session", "vpcEndpoint"];

/**
 * Decides as IAM does within one account: an explicit deny wins, each bound must allow, and then the identity's or the
 * resource's policy must.
 * @returns null when it is allowed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function authorize(policies: Policies, access: Access): Denial | null {
  const says = (kind: PolicyKind, effect: Statement["effect"]) =>
    (policies[kind] ?? []).some(
      (statement) => statement.effect === effect && applies(statement, kind, access),
    );
  const denying = policyKinds.find((kind) => says(kind, "Deny"));
  if (denying !== undefined) return { policy: denying, explicit: true };
  const limiting = bounds.find((kind) => policies[kind] !== undefined && !says(kind, "Allow"));
  if (limiting !== undefined) return { policy: limiting, explicit: false };
  if (says("identity", "Allow") || says("resource", "Allow")) return null;
  const onlyResource = policies.identity === undefined && policies.resource !== undefined;
  return { policy: onlyResource ? "resource" : "identity", explicit: false };
}

function applies(statement: Statement, kind: PolicyKind, access: Access): boolean {
  const { actions, resources } = statement;
  const action = access.action.toLowerCase();
  const isAction = actions.patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action));
  const isResource = resources.patterns.some((pattern) => matchesResource(pattern, access.resource));
  return isAction !== actions.negated && isResource !== resources.negated && isFor(statement, kind, access);
}

function isFor({ effect, principals }: Statement, kind: PolicyKind, { userArn, account }: Access): boolean {
  if (principals === null || principals.includes("*") || principals.includes(userArn)) return true;
  // A resource's policy that names the account leaves it to the account's own policies to allow.
  if (kind === "resource" && effect === "Allow") return false;
  return principals.includes(account) || principals.includes(`arn:aws:iam::${account}:root`);
}

/** A wildcard stays within its part of the ARN; parts that are left out stand for any. */
function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === "*") return true;
  const wanted = arnParts(pattern);
  if (wanted[0] === "execute-api") return matchesWildcard(wanted.slice(1).join(":"), pathInApi(resource));
  return arnParts(resource).every((part, at) => matchesWildcard(wanted[at] ?? "*", part));
}

/** The six parts of an ARN; the last one may hold colons. */
function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** `/prod/GET/pets`: what `execute-api:/prod/GET/pets`, the short form of an API's own policy, is held against. */
function pathInApi(resource: string): string {
  const path = arnParts(resource)[5] ?? "";
  return path.slice(path.indexOf("/"));
}
