import type { Cause } from "../causes.ts";
import { quoted, type Rule, saying, type Verdict } from "../rule.ts";
import type { Symptoms } from "../symptoms.ts";

/** Clauses of IAM's sentence, the narrower before the wider. */
const clauses: readonly (readonly [pattern: RegExp, cause: Cause])[] = [
  [/service control polic/i, "iam-scp-deny"],
  [/resource control polic/i, "iam-rcp-deny"],
  [/permissions boundar/i, "iam-permissions-boundary"],
  [/sessions? polic/i, "iam-session-policy"],
  [/VPC endpoint polic/i, "iam-vpce-policy"],
  [/role trust polic/i, "iam-trust-policy"],
  [/explicit deny in an? identity-based polic/i, "iam-explicit-deny-identity"],
  [/explicit deny in an? resource-based polic/i, "iam-explicit-deny-resource"],
  [/no resource-based policy allows/i, "iam-no-resource-allow"],
];

/** What the caller may. */
export const iamRules: readonly Rule[] = [
  denied,
  saying(/Not authorized to perform:? sts:AssumeRole\w*/i, "iam-trust-policy", 90),
  saying(
    /Access to KMS is not allowed|KMS\.\w+Exception|ciphertext refers to a customer master key/,
    "iam-kms",
    80,
  ),
  saying(/invalid MFA one time pass code|MFA token required/, "mfa-code-invalid", 95),
  saying(/unable to validate MFA code|verify your MFA serial number/, "mfa-serial-wrong", 95),
  bareAccessDenied,
];

/** `User: … is not authorized to perform: service:Action [on resource: …] [clause]`. */
function denied(symptoms: Symptoms): readonly Verdict[] {
  const { text } = symptoms;
  const match = /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?([^\s"]+))?/.exec(
    text,
  );
  if (match === null) return [];
  const [said, user = "", action = "", resource = ""] = match;
  const evidence = [quoted(said)];
  if (/^ann?onymous$/i.test(user)) return anonymous(action, evidence, symptoms);
  const detail = `The action is ${action}${resource === "" ? "" : ` on ${resource}`}.`;
  return [...byClause(text, action, resource)].map(([cause, weight]) => ({
    cause,
    weight,
    evidence,
    detail,
  }));
}

function byClause(text: string, action: string, resource: string): ReadonlyMap<Cause, number> {
  const found = clauses.find(([pattern]) => pattern.test(text))?.[1];
  const isKms = action.startsWith("kms:");
  const assumes = /^sts:(?:AssumeRole|TagSession|SetSourceIdentity)/.test(action);
  if (found !== undefined)
    return new Map<Cause, number>([[found, 95], ...(isKms ? [["iam-kms", 60] as const] : [])]);
  if (isKms) return new Map([["iam-kms", 92]]);
  if (assumes && /:user\//.test(resource)) return new Map([["assume-role-wrong-arn", 92]]);
  if (assumes)
    return new Map<Cause, number>([
      ["iam-trust-policy", 85],
      ["iam-no-identity-allow", 60],
    ]);
  if (/with an explicit deny/.test(text)) {
    const isApi = action.startsWith("execute-api:");
    return new Map<Cause, number>([
      ["iam-explicit-deny-resource", isApi ? 80 : 60],
      ["iam-explicit-deny-identity", isApi ? 60 : 65],
      ["iam-scp-deny", 30],
    ]);
  }
  const isSaid = /no identity-based policy allows/.test(text);
  return new Map<Cause, number>([
    ["iam-no-identity-allow", isSaid ? 95 : 80],
    ["iam-no-resource-allow", isSaid ? 10 : 40],
  ]);
}

/** Nobody signed: for API Gateway that is a matter of the resource policy, elsewhere of the signature. */
function anonymous(action: string, evidence: readonly string[], { request }: Symptoms): readonly Verdict[] {
  if (!action.startsWith("execute-api:")) return [{ cause: "unsigned-request", weight: 90, evidence }];
  const isPrivate =
    request.apiType === "PRIVATE" || /vpc/i.test(request.via ?? "") || /vpce/.test(request.host ?? "");
  return [
    { cause: "apigw-resource-policy", weight: isPrivate ? 68 : 85, evidence },
    { cause: "apigw-private-endpoint", weight: isPrivate ? 88 : 50, evidence },
    { cause: "unsigned-request", weight: 45, evidence },
  ];
}

/** S3's "Access Denied" and its like say nothing of the reason. */
function bareAccessDenied(symptoms: Symptoms): readonly Verdict[] {
  const { text, hasCode, answer, isAws } = symptoms;
  const bare =
    /^(?:An error occurred \(AccessDenied\) when calling the \w+ operation: )?(?:AccessDenied:? ?)?Access Denied\.?$/i;
  const isBare = bare.test(answer.message.replace(/\s+/g, " ").trim());
  if (!isBare || !(isAws || hasCode("AccessDenied")) || /not authorized/.test(text)) return [];
  const evidence = ["the answer says no more than Access Denied"];
  const weights: readonly (readonly [Cause, number])[] = [
    ["iam-no-identity-allow", 60],
    ["iam-explicit-deny-resource", 45],
    ["iam-kms", 40],
    ["iam-no-resource-allow", 30],
  ];
  return weights.map(([cause, weight]) => ({ cause, weight, evidence }));
}
