import type { Node } from "jsonc-parser";
import type { Patterns, PolicyKind, Statement } from "./policies.ts";
import { type Fail, membersOf } from "./policyTree.ts";

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "NotPrincipal",
];

/** Policies that are attached to something else than the caller say whom they mean. */
const naming: ReadonlySet<PolicyKind> = new Set(["resource", "rcp", "vpcEndpoint"]);

/**
 * Reads one statement. What the endpoint does not evaluate is refused: left out, it would make another policy.
 * @throws UserError `E_POLICY_FILE`
 */
export function readStatement(node: Node, kind: PolicyKind, fail: Fail): Statement {
  if (node.type !== "object") throw fail(node, "a statement must be an object.");
  const members = membersOf(node, elements, "a statement", fail);
  for (const name of ["Condition", "NotPrincipal"]) {
    const found = members.get(name);
    if (found === undefined) continue;
    const hint = `Write the statement without ${name}, as if it were met, or leave the statement out.`;
    throw fail(found, `${name} is not evaluated by the local endpoint.`, hint);
  }
  return {
    effect: effectOf(members.get("Effect"), node, fail),
    actions: patternsOf(node, members, "Action", fail, (text) => actionFault(text)),
    resources: patternsOf(node, members, "Resource", fail, (text) => resourceFault(text, kind)),
    principals: principalsOf(members.get("Principal"), kind, fail),
  };
}

function effectOf(node: Node | undefined, statement: Node, fail: Fail): Statement["effect"] {
  if (node === undefined) throw fail(statement, 'the statement has no "Effect".');
  if (node.value === "Allow" || node.value === "Deny") return node.value;
  throw fail(node, 'Effect must be "Allow" or "Deny".');
}

type Fault = (text: string) => string | null;

function patternsOf(
  statement: Node,
  members: ReadonlyMap<string, Node>,
  name: "Action" | "Resource",
  fail: Fail,
  faultOf: Fault,
): Patterns {
  const [plain, not] = [members.get(name), members.get(`Not${name}`)];
  if (plain !== undefined && not !== undefined) {
    throw fail(not, `the statement has both ${name} and Not${name}.`, "Leave one of them out.");
  }
  const node = plain ?? not;
  if (node === undefined) throw fail(statement, `the statement has neither ${name} nor Not${name}.`);
  const patterns = textsOf(node, name, fail).map(([text, at]) => {
    const fault = faultOf(text);
    if (fault !== null) throw fail(at, fault);
    return text;
  });
  return { negated: plain === undefined, patterns };
}

function actionFault(text: string): string | null {
  return text === "*" || /^[\w*?-]+:[\w*?-]+$/.test(text)
    ? null
    : `"${text}" is no action: write "*" or service:Name, for example execute-api:Invoke.`;
}

function resourceFault(text: string, kind: PolicyKind): string | null {
  if (text.includes("$" + "{"))
    return `"${text}" holds a policy variable, which the local endpoint does not fill in.`;
  const isShort = kind === "resource" && text.startsWith("execute-api:/");
  return text === "*" || text.startsWith("arn:") || isShort
    ? null
    : `"${text}" is no resource: write "*" or an ARN, for example arn:aws:execute-api:*:*:*/prod/GET/pets.`;
}

function principalsOf(node: Node | undefined, kind: PolicyKind, fail: Fail): readonly string[] | null {
  if (node === undefined) return null;
  if (!naming.has(kind)) {
    const hint =
      "Leave it out: this policy is attached to the caller. Principal belongs to resource, rcp and vpcEndpoint.";
    throw fail(node, `a statement of "${kind}" has no Principal.`, hint);
  }
  if (node.value === "*") return ["*"];
  if (node.type !== "object") throw fail(node, 'Principal must be "*" or {"AWS": …}.');
  const texts = membersOf(node, ["AWS", "Service", "Federated", "CanonicalUser"], "a principal", fail);
  const aws = texts.get("AWS");
  // A service, a federated user or a canonical id is somebody else than the IAM user who signs here.
  return aws === undefined ? [] : textsOf(aws, "AWS", fail).map(([text]) => text);
}

/** A string, or a list of at least one. */
function textsOf(node: Node, name: string, fail: Fail): readonly (readonly [text: string, at: Node])[] {
  const items = node.type === "array" ? (node.children ?? []) : [node];
  if (items.length === 0) throw fail(node, `${name} is an empty list.`);
  return items.map((item) => {
    if (item.type !== "string") throw fail(item, `${name} must be a string or a list of strings.`);
    return [String(item.value), item];
  });
}
