import { type Cause, causes } from "./causes/causes.ts";
import type { Fix } from "./fixes/fix.ts";
import { fixesFor } from "./fixes/fixes.ts";
import { isSeen } from "./fixes/seenText.ts";
import type { DiagnosisInput } from "./reading/diagnosisInput.ts";
import { isResolverDenial } from "./reading/graphqlAnswer.ts";
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
import { denialParts } from "./statements/denialSentence.ts";
import {
  forPolicy,
  statementFor,
  statementOfDenial,
  statementOfResource,
} from "./statements/iamStatement.ts";
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
  const isGood = status !== null && status >= 200 && status < 300;
  // AppSync answers 200 when single fields are denied.
  if (isGood && !isResolverDenial(input.body.slice(0, 20_000))) return [];
  const symptoms = symptomsOf(input);
  const isClients = status === null || clients.has(symptoms.service ?? "") || tellsOfMetadata(symptoms);
  const refused = isClients ? [...clientRules, ...rules] : rules;
  const asked = isGood ? serviceRules : refused;
  const statement =
    seen(statementOfDenial(symptoms.text, input.account)) ??
    seen(ofDeniedAction(symptoms.text, statementFor({ ...input, service: symptoms.service })));
  const elsewhere = isElsewhere(symptoms);
  return ranked(asked.flatMap((rule) => rule(symptoms))).map((verdict) =>
    findingOf(
      elsewhere ? { ...verdict, weight: Math.min(verdict.weight, 60) } : verdict,
      symptoms,
      statement,
    ),
  );
}

/** What was called may need another permission than the one that was denied: a key beside an object. */
function ofDeniedAction(text: string, statement: IamStatement | null): IamStatement | null {
  const denied = denialParts(text)?.action;
  if (denied === undefined || statement === null) return statement;
  return [statement.Action].flat().includes(denied) ? { ...statement, Action: denied } : null;
}

/** A statement is copied into a policy: nothing may be in it that cannot be seen. */
function seen(statement: IamStatement | null): IamStatement | null {
  if (statement === null) return null;
  const { Action, Resource, Principal } = statement;
  const texts = [Action, Resource, Object.values(Principal ?? {})].flat();
  return texts.every(isSeen) ? forPolicy(statement) : null;
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

/** Causes that a statement of the caller's policy mends. */
const mendedByStatement: ReadonlySet<Cause> = new Set<Cause>([
  "iam-no-identity-allow",
  "iam-kms",
  "apigw-http-api-iam-forbidden",
  "lambda-url-permission",
  "lambda-web-permission",
  "appsync-iam-denied",
]);

/** Causes that a statement of the resource's policy mends. */
const mendedByResource: ReadonlySet<Cause> = new Set<Cause>([
  "iam-no-resource-allow",
  "apigw-resource-policy",
]);

function mendingStatement(
  cause: Cause,
  { text }: Symptoms,
  statement: IamStatement | null,
): IamStatement | null {
  if (mendedByResource.has(cause)) return seen(statementOfResource(text, statement));
  return mendedByStatement.has(cause) ? statement : null;
}

function findingOf(verdict: Verdict, symptoms: Symptoms, statement: IamStatement | null): Finding {
  const { cause, weight, evidence, detail, proved, difference } = verdict;
  const { title } = causes[cause];
  const isLikely = weight >= likely ? "likely" : "possible";
  const mends = mendingStatement(cause, symptoms, statement);
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
