import { type Cause, causes } from "./causes/causes.ts";
import type { Fix } from "./fixes/fix.ts";
import { fixesFor } from "./fixes/fixes.ts";
import { isSeen } from "./fixes/seenText.ts";
import type { DiagnosisInput } from "./reading/diagnosisInput.ts";
import { type Symptoms, symptomsOf } from "./reading/symptoms.ts";
import { authorizationRules } from "./rules/authorizationRules.ts";
import { clientRules, tellsOfMetadata } from "./rules/clientRules.ts";
import { clockRules } from "./rules/clockRules.ts";
import { credentialRules } from "./rules/credentialRules.ts";
import { bareForbidden } from "./rules/forbiddenRule.ts";
import { gatewayRules } from "./rules/gatewayRules.ts";
import { iamRules } from "./rules/iamRules.ts";
import type { Rule, Verdict } from "./rules/rule.ts";
import { scopeRules } from "./rules/scopeRules.ts";
import { serviceRules } from "./rules/serviceRules.ts";
import { signatureRules } from "./rules/signatureRules.ts";
import { statementFor, statementOfDenial } from "./statements/iamStatement.ts";
import type { IamStatement } from "./statements/statement.ts";

/** Why a request was refused, as far as can be told. */
export interface Finding {
  readonly cause: Cause;
  /** `proved` by the service's own canonical string, `likely` because the answer says so, `possible` among others. */
  readonly certainty: "proved" | "likely" | "possible";
  readonly title: string;
  readonly detail: string;
  readonly evidence: readonly string[];
  readonly fixes: readonly Fix[];
  /** The least statement of a policy that would allow the request; null where that is not the matter. */
  readonly statement: IamStatement | null;
}

const rules: readonly Rule[] = [
  ...authorizationRules,
  ...scopeRules,
  ...clockRules,
  ...signatureRules,
  ...credentialRules,
  ...iamRules,
  ...gatewayRules,
  bareForbidden,
  ...serviceRules,
];

/** Where the words of a client count, though a status is there. */
const clients: ReadonlySet<string> = new Set(["client", "sso", "sso-oauth", "awsssoportal", "signin"]);

/** From this weight on the answer says the cause itself. */
const likely = 70;

/** Weaker readings beside one that the answer gives itself are no help. */
const worthless = 25;

/**
 * Says why a request was refused, the best reading first; empty for an answer that is no refusal, and for one that AWS
 * did not give. Pure: what is not told is not asked for.
 */
export function diagnose(input: DiagnosisInput): readonly Finding[] {
  const { status } = input;
  if (status !== null && status >= 200 && status < 300) return [];
  const symptoms = symptomsOf(input);
  const isClients = status === null || clients.has(symptoms.service ?? "") || tellsOfMetadata(symptoms);
  const asked = isClients ? [...clientRules, ...rules] : rules;
  const statement =
    seen(statementOfDenial(symptoms.text, input.account)) ??
    seen(statementFor({ ...input, service: symptoms.service }));
  const elsewhere = isElsewhere(symptoms);
  return ranked(asked.flatMap((rule) => rule(symptoms))).map((verdict) =>
    findingOf(
      elsewhere ? { ...verdict, weight: Math.min(verdict.weight, 60) } : verdict,
      symptoms,
      statement,
    ),
  );
}

/** A statement is copied into a policy: nothing may be in it that cannot be seen. */
function seen(statement: IamStatement | null): IamStatement | null {
  if (statement === null) return null;
  return [statement.Action, statement.Resource].flat().every(isSeen) ? statement : null;
}

/** Clouds and programs that speak S3's words and are not AWS. */
const otherClouds =
  /\bcom\.obs\.|\bOBS\b|huawei|aliyun|\boss-|your Google secret|storage\.googleapis|server: ?minio|minio|digitaloceanspaces|wasabi|backblaze|r2\.cloudflarestorage|\bceph\b|\bcos\.|myqcloud/i;

/** Nothing is certain of an answer that another cloud gave. */
function isElsewhere({ text, header, request }: Symptoms): boolean {
  return otherClouds.test(`${text.slice(0, 4000)} server: ${header("server")} ${request.host ?? ""}`);
}

/** Each cause once, by its best reading. */
function ranked(verdicts: readonly Verdict[]): readonly Verdict[] {
  const best = new Map<Cause, Verdict>();
  for (const verdict of verdicts) {
    const before = best.get(verdict.cause);
    if (before === undefined || before.weight < verdict.weight) best.set(verdict.cause, verdict);
  }
  return [...best.values()]
    .filter(({ weight }, _, all) => all.length === 1 || weight >= worthless)
    .sort((a, b) => b.weight - a.weight);
}

/** Causes that a statement of the caller's policy, or of the resource's, mends. */
const mendedByStatement: ReadonlySet<Cause> = new Set<Cause>([
  "iam-no-identity-allow",
  "iam-no-resource-allow",
  "iam-kms",
  "apigw-resource-policy",
  "apigw-http-api-iam-forbidden",
  "lambda-url-permission",
  "appsync-iam-denied",
]);

function findingOf(verdict: Verdict, symptoms: Symptoms, statement: IamStatement | null): Finding {
  const { cause, weight, evidence, detail, proved, difference } = verdict;
  const { title } = causes[cause];
  const isLikely = weight >= likely ? "likely" : "possible";
  const mends = mendedByStatement.has(cause) ? statement : null;
  return {
    cause,
    certainty: proved === true ? "proved" : isLikely,
    title,
    detail: detail ?? `${title}.`,
    evidence,
    fixes: fixesFor(cause, { symptoms, difference, statement: mends }),
    statement: mends,
  };
}
