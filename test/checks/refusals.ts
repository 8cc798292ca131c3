import type { CheckId, CheckResult } from "../../src/checks/check.ts";
import type { Answer, CheckEffects, Question } from "../../src/checks/checkEffects.ts";
import { planChecks } from "../../src/checks/planChecks.ts";
import type { AwsPlaces, Refused } from "../../src/checks/refused.ts";
import { runChecks } from "../../src/checks/runChecks.ts";
import type { Cause } from "../../src/diagnosis/causes/causes.ts";
import { UserError } from "../../src/errors.ts";
import type { Field } from "../../src/stages.ts";

export const sts = (region: string) => ({ endpoint: `https://sts.${region}.amazonaws.com`, region });

export const places: AwsPlaces = {
  sts: sts("eu-west-1"),
  stsThere: sts("eu-south-1"),
  stsFirst: sts("us-east-1"),
  iam: { endpoint: "https://iam.amazonaws.com", region: "us-east-1" },
};

/** A refusal of `GET https://abc.execute-api.eu-west-1.amazonaws.com/prod/pets/1`, signed by anna. */
export function refusedFor(causes: readonly Cause[], changes: Partial<Refused> = {}): Refused {
  const host = "abc.execute-api.eu-west-1.amazonaws.com";
  return {
    causes,
    answer: { status: 403, headers: [], body: '{"message":"Forbidden"}' },
    request: {
      method: "GET",
      scheme: "https:",
      host,
      authority: host,
      connectedHost: host,
      path: "/prod/pets/1",
    },
    signedFor: { service: "execute-api", region: "eu-west-1" },
    credentials: { temporary: false, hasToken: false, account: "444455556666", role: null },
    places,
    nonsense: "awsreq-check-1234",
    ...changes,
  };
}

export const noon = Date.parse("2030-05-17T12:00:00Z");

/** An answer that came at noon, at once, with a Date of noon. */
export function answer(status: number, body: string, changes: Partial<Answer> = {}): Answer {
  const headers: readonly Field[] = [["Date", new Date(noon).toUTCString()]];
  return { status, headers, body, asked: noon, answered: noon, ...changes };
}

export const anna = "arn:aws:iam::444455556666:user/anna";

export function caller(arn = anna, account = "444455556666"): Answer {
  return answer(
    200,
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}

export function awsError(status: number, code: string, message = "no"): Answer {
  return answer(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
}

/** A question in short: `sts eu-west-1 GetCallerIdentity`, `GET /prod/x signed`. */
export function short(question: Question): string {
  if (question.kind === "aws") return `${question.service} ${question.at.region} ${question.form["Action"]}`;
  return `${question.method} ${question.path} ${question.signed ? "signed" : "unsigned"}`;
}

/** A run of checks with what was asked, in order. */
export interface Run {
  readonly results: readonly CheckResult[];
  readonly asked: readonly Question[];
}

export interface World {
  /** By what `short` gives; what is not there fails. */
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly addresses?: readonly string[];
}

/** Runs the planned checks, or those of the ids, against written-down answers. */
export async function run(refused: Refused, world: World, ids?: readonly CheckId[]): Promise<Run> {
  const asked: Question[] = [];
  const effects: CheckEffects = {
    ask: async (question) => {
      asked.push(question);
      const found = world.answers?.[short(question)];
      if (found !== undefined) return found;
      throw new UserError({ code: "E_REFUSED", phase: "connect", message: `nobody at ${short(question)}.` });
    },
    lookup: async () => world.addresses ?? [],
    timeout: 1000,
    signal: new AbortController().signal,
  };
  const plans = planChecks(refused).filter(({ id }) => ids === undefined || ids.includes(id));
  return { results: await runChecks(plans, refused, effects), asked };
}

/** The result of one check. */
export async function resultOf(id: CheckId, refused: Refused, world: World): Promise<CheckResult> {
  const [result] = (await run(refused, world, [id])).results;
  if (result === undefined) throw new Error(`${id} is not planned`);
  return result;
}
