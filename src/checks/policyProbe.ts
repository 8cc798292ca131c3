import type { Cause } from "../diagnosis/causes/causes.ts";
import { callerQuestion, errorCode, readCaller } from "./callerQuestion.ts";
import { unknown, type Verdict } from "./check.ts";
import type { AwsQuestion, ProbeEffects } from "./checkEffects.ts";
import { type Denial, wholeResource } from "./denial.ts";
import { type Principal, principalOf } from "./principal.ts";
import type { AwsPlaces, Refused } from "./refused.ts";
import { readSimulation, type Simulation } from "./simulation.ts";

/**
 * What do the caller's own policies say of the action?
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function probePolicy(
  denial: Denial,
  refused: Refused,
  places: AwsPlaces,
  effects: ProbeEffects,
): Promise<Verdict> {
  const caller = readCaller(await effects.ask(callerQuestion(places.sts)), refused);
  if (caller.kind !== "known") return unknown("STS did not say whose policies to simulate.");
  const resource = wholeResource(denial.resource, caller.account);
  if (resource === null)
    return unknown("The answer hides the account of the resource, which is not the caller's.");
  const principal = principalOf(caller.arn, refused.credentials?.role ?? null);
  if (principal.kind === "none") return unknown(principal.why);
  const arn = await wholeArn(principal, places, effects);
  const { status, body } = await effects.ask(simulateQuestion(arn, denial.actions, resource, places));
  if (status !== 200) return unknown(notSimulated(errorCode(body), status, arn));
  const simulation = readSimulation(body);
  if (simulation === null) return unknown("IAM simulated the policies, but its answer cannot be read.");
  return verdictOf(simulation, `${denial.actions.join(" and ")} on ${resource}`, refused);
}

/** The path of a role is a part of its ARN, and a session's ARN leaves it out: SSO's roles have one. */
async function wholeArn(
  principal: Exclude<Principal, { kind: "none" }>,
  { iam }: AwsPlaces,
  { ask }: ProbeEffects,
): Promise<string> {
  if (principal.kind === "simulated") return principal.arn;
  const { name, withoutPath } = principal;
  const form = { Action: "GetRole", Version: "2010-05-08", RoleName: name };
  const { status, body } = await ask({ kind: "aws", service: "iam", at: iam, form });
  const arn = /<Arn>(arn:[\w-]+:iam::\d{12}:role\/[\x21-\x3b\x3d-\x7e]{1,600})<\/Arn>/.exec(body)?.[1];
  return status === 200 && arn?.endsWith(`/${name}`) === true ? arn : withoutPath;
}

function simulateQuestion(
  arn: string,
  actions: readonly string[],
  resource: string,
  { iam }: AwsPlaces,
): AwsQuestion {
  const form = {
    Action: "SimulatePrincipalPolicy",
    Version: "2010-05-08",
    PolicySourceArn: arn,
    ...Object.fromEntries(actions.map((action, index) => [`ActionNames.member.${index + 1}`, action])),
    ...(resource === "*" ? {} : { "ResourceArns.member.1": resource }),
  };
  return { kind: "aws", service: "iam", at: iam, form };
}

function notSimulated(code: string | null, status: number, arn: string): string {
  if (code?.startsWith("AccessDenied") === true)
    return "The caller may not simulate policies: that takes iam:SimulatePrincipalPolicy.";
  if (code === "NoSuchEntity") return `IAM does not know ${arn}: its path may be missing.`;
  return `IAM did not simulate the policies (${code ?? `status ${status}`}).`;
}

function verdictOf(simulation: Simulation, what: string, refused: Refused): Verdict {
  const { decision, statements, missing } = simulation;
  const by = statements.length === 0 ? "" : ` by ${statements.join(", ")}`;
  const open = missing.length === 0 ? "" : ` Conditions on ${missing.join(", ")} were not looked at.`;
  if (decision !== "allowed") {
    const isDenied = decision === "explicitDeny";
    const shown = isDenied ? `${what} is denied${by}.` : `${what} is allowed by no policy of the caller.`;
    return { outcome: "failed", shown: `${shown}${open}`, ...meaningOf(simulation, refused) };
  }
  return {
    outcome: "passed",
    shown: `The caller's policies allow ${what}${by}.${open}`,
    // A Deny may hang on what the simulator was not told.
    rulesOut: missing.length === 0 ? ["iam-no-identity-allow", "iam-explicit-deny-identity"] : [],
    speaksFor: refused.causes.filter((cause) => elsewhere.has(cause)),
  };
}

/** Causes in policies that the simulator does not look at. */
const elsewhere: ReadonlySet<Cause> = new Set<Cause>([
  "iam-no-resource-allow",
  "iam-explicit-deny-resource",
  "iam-session-policy",
  "iam-vpce-policy",
  "iam-rcp-deny",
  "apigw-resource-policy",
]);

/** Causes that say of one service that the caller's policies do not allow it. */
const servicesOwn: readonly Cause[] = ["apigw-http-api-iam-forbidden", "appsync-iam-denied"];

function meaningOf(
  { decision, organization, boundary, missing }: Simulation,
  { causes }: Refused,
): Pick<Verdict, "rulesOut" | "speaksFor"> {
  if (organization === false) return { rulesOut: [], speaksFor: ["iam-scp-deny"] };
  if (decision === "explicitDeny")
    return { rulesOut: ["iam-no-identity-allow"], speaksFor: ["iam-explicit-deny-identity"] };
  if (boundary === false) return { rulesOut: [], speaksFor: ["iam-permissions-boundary"] };
  const own = servicesOwn.filter((cause) => causes.includes(cause));
  return {
    rulesOut: missing.length === 0 ? ["iam-explicit-deny-identity"] : [],
    speaksFor: own.length === 0 ? ["iam-no-identity-allow"] : own,
  };
}
