import type { Node } from "jsonc-parser";
import { type Policies, type PolicyKind, policyKinds, type Statement } from "./policies.ts";
import { type Fail, membersOf, readPolicyTree } from "./policyTree.ts";
import { readStatement } from "./readStatement.ts";

const documentMembers = ["Version", "Id", "Statement"];
const versions: readonly unknown[] = ["2012-10-17", "2008-10-17"];

/**
 * Reads a policy file: an object with a policy for each kind that is attached, or one plain policy document, which is
 * the identity's.
 * @param file its name, for messages
 * @throws UserError `E_POLICY_FILE` with file:line:column
 */
export function readPolicies(text: string, file: string): Policies {
  const { root, fail } = readPolicyTree(text, file);
  if (root.type !== "object") throw fail(root, "the file must hold an object.");
  if (isDocument(root)) return { identity: readPolicy(root, "identity", fail) };
  const members = membersOf(root, policyKinds, "a policy file", fail);
  if (members.size === 0) throw fail(root, "the file holds no policy.");
  const policies: { [Kind in PolicyKind]?: readonly Statement[] } = {};
  for (const kind of policyKinds) {
    const node = members.get(kind);
    if (node !== undefined) policies[kind] = readPolicy(node, kind, fail);
  }
  return policies;
}

function isDocument(root: Node): boolean {
  const names = (root.children ?? []).map(({ children }) => String(children?.[0]?.value));
  return names.some((name) => documentMembers.includes(name));
}

/** A policy document, or its statements alone. */
function readPolicy(node: Node, kind: PolicyKind, fail: Fail): readonly Statement[] {
  if (node.type === "array") return (node.children ?? []).map((item) => readStatement(item, kind, fail));
  if (node.type !== "object")
    throw fail(node, `"${kind}" must be a policy document or a list of statements.`);
  const members = membersOf(node, documentMembers, "a policy document", fail);
  const version = members.get("Version");
  if (version !== undefined && !versions.includes(version.value)) {
    throw fail(version, 'Version must be "2012-10-17".', "It names the policy language, not your policy.");
  }
  const statement = members.get("Statement");
  if (statement === undefined) throw fail(node, `the policy document of "${kind}" has no "Statement".`);
  const items = statement.type === "array" ? (statement.children ?? []) : [statement];
  return items.map((item) => readStatement(item, kind, fail));
}
