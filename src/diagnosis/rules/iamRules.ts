import type { Cause } from "../causes/causes.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import { anonymousVerdicts } from "./anonymousRule.ts";
import { hasResourcePolicies } from "./resourcePolicies.ts";
import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

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
  federation,
  saying(
    /Not authorized to perform:? sts:AssumeRole(?!With)\w*|Roles may not be assumed by root|role .{0,160}(?:cannot|could not) be assumed|(?:unable|not authorized|failed) to assume (?:the )?role(?!With)/i,
    "iam-trust-policy",
    86,
  ),
  unnamedOperation,
  saying(
    /Access to KMS is not allowed|KMS\.\w+Exception|ciphertext refers to a customer master key|KMS key .{0,60}(?:access denied|not accessible)|not authorized to use (?:the )?(?:KMS|key)/i,
    "iam-kms",
    80,
  ),
  saying(
    /invalid MFA one time pass code|MFA token required|must provide both MFA serial number/,
    "mfa-code-invalid",
    95,
  ),
  saying(/unable to validate MFA code|verify your MFA serial number/, "mfa-serial-wrong", 95),
  clauseAlone,
  bareAccessDenied,
];

/** `User: … is not authorized to perform: service:Action [on resource: …] [clause]`, and shorter forms of it. */
const sentence =
  /(?:User:? ?(.{0,300}?) )?is not authorized to perform:? (?:operation:? )?[`'"]?([A-Za-z0-9-]+:[\w*]+|<[^>]{1,40}>|sts\b)[`'"]?(?: (?:action )?on (?:the )?(?:following )?(?:resource)?:? ?["'`]?([^\s"'`]+))?/i;

/** The sentence is looked for only where its middle stands: its beginning may be anything. */
function denialIn(text: string): RegExpExecArray | null {
  return /is not authorized to perform/i.test(text) ? sentence.exec(text) : null;
}

function denied(symptoms: Symptoms): readonly Verdict[] {
  const { text } = symptoms;
  const match = denialIn(text);
  if (match === null || /^sts:AssumeRoleWith/.test(match[2] ?? "")) return [];
  const [said, user = "", action = "", resource = ""] = match;
  const isForeign = isAcrossAccounts(user, resource);
  const evidence = [
    quoted(said),
    ...(isForeign ? ["the caller and the resource are of two accounts, which both have to allow it"] : []),
  ];
  const clause = clauses.find(([pattern]) => pattern.test(text))?.[1];
  const isAnonymous = /^ann?onymous$/i.test(user.trim());
  if (isAnonymous && clause !== "iam-rcp-deny" && clause !== "iam-scp-deny" && clause !== "iam-vpce-policy")
    return anonymousVerdicts(action, evidence, symptoms);
  const detail = `The action is ${action}${resource === "" ? "" : ` on ${resource}`}.`;
  const weights = new Map([
    ...byClause(text, action, resource, clause),
    ...ofCaller(user, resource, text, clause),
  ]);
  return [...weights].map(([cause, weight]) => ({ cause, weight, evidence, detail }));
}

/** A role is given for the token of an identity provider, and by its trust policy alone. */
function federation({ text, hasCode }: Symptoms): readonly Verdict[] {
  const match =
    /not authorized to perform:? sts:AssumeRoleWith(?:WebIdentity|SAML)/i.exec(text) ??
    /No OpenIDConnect provider found[\w ]{0,40}|Incorrect token audience|Couldn't retrieve verification key from your identity provider/i.exec(
      text,
    );
  if (match === null && !hasCode("InvalidIdentityToken")) return [];
  return [
    {
      cause: "web-identity-not-trusted",
      weight: 92,
      evidence: [quoted(match?.[0] ?? "InvalidIdentityToken")],
    },
  ];
}

function byClause(
  text: string,
  action: string,
  resource: string,
  clause: Cause | undefined,
): ReadonlyMap<Cause, number> {
  if (action.startsWith("kms:")) return ofKey(clause);
  if (clause !== undefined) return new Map([[clause, 95]]);
  if (/^sts(?::(?:AssumeRole|TagSession|SetSourceIdentity)|$)/.test(action)) return ofRole(resource);
  if (/with an explicit deny/.test(text)) return ofDeny(action);
  const isSaid = /no identity-based policy allows/.test(text);
  return new Map<Cause, number>([
    ["iam-no-identity-allow", isSaid ? 95 : 80],
    ...(hasResourcePolicies(action) ? [["iam-no-resource-allow", isSaid ? 10 : 40] as const] : []),
  ]);
}

/** EC2 says it without the operation; whose policy it was stands in a message that only the account can decode. */
function unnamedOperation({ text }: Symptoms): readonly Verdict[] {
  const match = /You are not authorized to perform this operation/i.exec(text);
  if (match === null || denialIn(text) !== null) return [];
  const evidence = [quoted(match[0])];
  const detail = "`aws sts decode-authorization-message`, or a check, reads the encoded message.";
  return [
    { cause: "iam-no-identity-allow", weight: 69, evidence, detail },
    { cause: "iam-explicit-deny-identity", weight: 45, evidence, detail },
    { cause: "iam-scp-deny", weight: 44, evidence, detail },
  ];
}

/** `explicit deny in a service control policy`, quoted without the rest of the sentence. */
function clauseAlone({ text }: Symptoms): readonly Verdict[] {
  if (denialIn(text) !== null || /not authorized to access this resource/i.test(text)) return [];
  const match =
    /explicit deny in an? [\w -]{4,40}(?:polic\w+|boundary)|no [\w -]{4,40}(?:polic\w+|boundary) allows/i.exec(
      text,
    );
  const cause = match === null ? undefined : clauses.find(([pattern]) => pattern.test(match[0]))?.[1];
  if (match === null || cause === undefined) return [];
  return [{ cause, weight: 85, evidence: [quoted(match[0])] }];
}

function isAcrossAccounts(user: string, resource: string): boolean {
  const [own = "", theirs = ""] = [user, resource].map((arn) => arn.split(":")[4] ?? "");
  return /^\d{12}$/.test(own) && /^\d{12}$/.test(theirs) && own !== theirs;
}

/** What the caller's own name tells, where the answer has no clause. */
function ofCaller(
  user: string,
  resource: string,
  text: string,
  clause: Cause | undefined,
): readonly (readonly [Cause, number])[] {
  if (clause !== undefined || /identity-based/.test(text)) return [];
  // A service has no policy of its own.
  if (/^[\w-]+\.amazonaws\.com$/.test(user)) return [["iam-no-resource-allow", 90]];
  // Identities of Cognito have a session policy that leaves most services out.
  if (/\/CognitoIdentityCredentials$/.test(user))
    return [
      ["iam-no-identity-allow", 69],
      ["iam-session-policy", 60],
    ];
  const isAlsoTheirs = isAcrossAccounts(user, resource) && hasResourcePolicies(resource.split(":")[2] ?? "");
  return isAlsoTheirs ? [["iam-no-resource-allow", 69]] : [];
}

/** Whose policy has to allow the use of a key is the smaller question: both have to. */
function ofKey(clause: Cause | undefined): ReadonlyMap<Cause, number> {
  if (clause === undefined) return new Map([["iam-kms", 96]]);
  const isKeys = clause === "iam-no-resource-allow" || clause === "iam-no-identity-allow";
  return new Map<Cause, number>([
    ["iam-kms", isKeys ? 96 : 60],
    [clause, isKeys ? 85 : 95],
  ]);
}

function ofRole(resource: string): ReadonlyMap<Cause, number> {
  if (/:user\//.test(resource)) return new Map([["assume-role-wrong-arn", 92]]);
  return new Map<Cause, number>([
    ["iam-trust-policy", resource === "" ? 69 : 85],
    ["iam-no-identity-allow", 60],
    ["assume-role-wrong-arn", resource === "" ? 35 : 10],
  ]);
}

/** Older answers do not say whose policy denies. */
function ofDeny(action: string): ReadonlyMap<Cause, number> {
  const isApi = action.startsWith("execute-api:");
  return new Map<Cause, number>([
    ["iam-explicit-deny-resource", isApi ? 80 : 60],
    ["iam-explicit-deny-identity", isApi ? 60 : 65],
    ["iam-scp-deny", 55],
  ]);
}

/** What names the reason beside an "Access Denied". */
const reasons =
  /not authorized|not signed|expired|signature|token|KMS|authentication requires|must be|not yet valid|policy|role|credential/i;

/** "Access Denied" with a code of AWS and no reason: S3 and its like say no more. */
function bareAccessDenied(symptoms: Symptoms): readonly Verdict[] {
  const { text, hasCode, answer, isAws, header, service } = symptoms;
  const said = (answer.fields.get("Message") ?? answer.message).replace(/\s+/g, " ").trim();
  const isSqs = /Access to the resource .{1,200} is denied/i.test(text);
  const isTyped = /^AccessDenied/.test(header("x-amzn-errortype")) && !reasons.test(said);
  const isBare =
    isTyped || isSqs || (/\bAccess ?Denied\b/i.test(said) && said.length < 600 && !reasons.test(said));
  if (!isBare || !(isAws || hasCode("AccessDenied")) || /is not authorized/.test(text)) return [];
  const evidence = ["the answer says no more than Access Denied"];
  const weights: readonly (readonly [Cause, number])[] = [
    ["iam-no-identity-allow", 60],
    ["iam-explicit-deny-resource", 45],
    ["iam-kms", 40],
    ...(hasResourcePolicies(service ?? "s3") ? [["iam-no-resource-allow", isSqs ? 62 : 30] as const] : []),
    ...(isThroughEndpoint(symptoms) ? [["iam-vpce-policy", 62] as const] : []),
    ...(isPrivateApi(symptoms) ? [["apigw-private-endpoint", 66] as const] : []),
  ];
  return weights.map(([cause, weight]) => ({ cause, weight, evidence }));
}

/** A service was reached through a VPC endpoint, which has a policy of its own. */
function isThroughEndpoint({ request, service }: Symptoms): boolean {
  return service !== "execute-api" && /vpc ?endpoint|vpce|privatelink/i.test(request.via ?? "");
}

function isPrivateApi({ request }: Symptoms): boolean {
  return /private/i.test(request.apiType ?? "") || /vpce/.test(request.host ?? "");
}
