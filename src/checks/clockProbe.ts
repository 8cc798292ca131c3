import type { Cause } from "../diagnosis/causes/causes.ts";
import { UserError } from "../errors.ts";
import { callerQuestion } from "./callerQuestion.ts";
import { unknown, type Verdict } from "./check.ts";
import type { Answer, ProbeEffects, Question } from "./checkEffects.ts";
import type { Refused } from "./refused.ts";
import { ownRoute } from "./routeQuestions.ts";

/** Whose Date is read, the first that answers: STS, which keeps AWS's time, or the host itself. */
export function clockQuestions(refused: Refused): readonly Question[] {
  const own = ownRoute(refused);
  return refused.places === null ? [own] : [callerQuestion(refused.places.sts), own];
}

/** Does this machine's clock agree with AWS's, now? */
export async function probeClock(refused: Refused, effects: ProbeEffects): Promise<Verdict> {
  const reading = await dated(clockQuestions(refused), effects);
  if (reading === null) return unknown("No answer had a date to compare this machine's clock with.");
  const { offset, doubt } = reading;
  const limit = limitOf(refused);
  const size = Math.abs(offset);
  const bound = `The limit is ${limit / 60_000} min.`;
  if (size + doubt < limit) {
    const isStale = refused.causes.includes("stale-signature");
    return {
      outcome: "passed",
      shown: `${differenceInWords(offset, doubt)} ${bound}`,
      rulesOut: ["clock-behind", "clock-ahead", "clock-skew-s3"],
      speaksFor: isStale ? ["stale-signature"] : [],
    };
  }
  const shown = `${differenceInWords(offset, doubt)} ${bound}`;
  if (size - doubt <= limit) return unknown(shown);
  return { outcome: "failed", shown, ...meaningOf(offset, refused) };
}

function meaningOf(offset: number, refused: Refused): Pick<Verdict, "rulesOut" | "speaksFor"> {
  const isS3 = refused.signedFor?.service === "s3";
  const [is, isNot]: readonly [Cause, Cause] =
    offset > 0 ? ["clock-behind", "clock-ahead"] : ["clock-ahead", "clock-behind"];
  return { rulesOut: [isNot], speaksFor: isS3 ? ["clock-skew-s3"] : [is] };
}

interface Reading {
  /** Milliseconds that this machine is behind; negative when it is ahead. */
  readonly offset: number;
  /** Milliseconds that the offset may be wrong by. */
  readonly doubt: number;
}

async function dated(questions: readonly Question[], { ask }: ProbeEffects): Promise<Reading | null> {
  let failure: UserError | null = null;
  for (const question of questions) {
    try {
      const reading = readClock(await ask(question));
      if (reading !== null) return reading;
    } catch (error) {
      // The next one may be reached.
      if (!(error instanceof UserError)) throw error;
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
  return null;
}

/**
 * The Date header was written some time between asking and the answer, and it has whole seconds.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
 */
export function readClock({ headers, asked, answered }: Answer): Reading | null {
  const date = Date.parse(headers.find(([name]) => name.toLowerCase() === "date")?.[1] ?? "");
  if (Number.isNaN(date)) return null;
  const half = Math.max(0, answered - asked) / 2;
  return { offset: date + 500 - (answered - half), doubt: 500 + half };
}

/** What the answer says of its own limit comes first. */
function limitOf({ answer, signedFor }: Refused): number {
  const said = /[-+] ([1-9]\d{0,2}) ?min/.exec(answer.body)?.[1];
  const usual = signedFor?.service === "s3" ? 15 : 5;
  return (said === undefined ? usual : Number(said)) * 60_000;
}

function differenceInWords(offset: number, doubt: number): string {
  const size = Math.abs(offset);
  if (size <= Math.max(doubt, 1000))
    return `This machine's clock agrees with AWS's, to ${(Math.max(doubt, 1000) / 1000).toFixed(0)} s.`;
  const way = offset > 0 ? "behind" : "ahead of";
  const amount = size < 120_000 ? `${Math.round(size / 1000)} s` : `${Math.round(size / 60_000)} min`;
  return `This machine's clock is ${amount} ${way} AWS's.`;
}
