import { UserError } from "../errors.ts";
import { type CheckPlan, type CheckResult, unknown, type Verdict } from "./check.ts";
import type { Answer, CheckEffects, ProbeEffects, Question } from "./checkEffects.ts";
import { checks, type PreparedCheck } from "./checks.ts";
import type { Refused } from "./refused.ts";

/** How one question is put; each once in a run, whoever needs its answer. */
type AskOnce = (question: Question, signal: AbortSignal) => Promise<Answer>;

/**
 * Runs checks one after the other. One that fails or takes too long says so and is over; what is asked is asked once.
 * @param onResult told each result as soon as it is there
 * @throws UserError `E_CANCELLED` when the person calls it off; else only a defect of this program
 */
export async function runChecks(
  plans: readonly CheckPlan[],
  refused: Refused,
  effects: CheckEffects,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const askOnce = remembering(effects.ask);
  const results: CheckResult[] = [];
  for (const { id, title } of plans) {
    if (effects.signal.aborted) throw cancelled();
    const prepared = checks.find((check) => check.id === id)?.prepare(refused) ?? null;
    if (prepared === null) continue;
    const result = { id, title, ...(await verdictOf(prepared, askOnce, effects)) };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function verdictOf(prepared: PreparedCheck, askOnce: AskOnce, effects: CheckEffects): Promise<Verdict> {
  const { lookup, timeout, signal } = effects;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(tookTooLong(timeout)), timeout);
  const cancel = () => controller.abort(cancelled());
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  const bounded: ProbeEffects = {
    ask: (question) => unlessEnded(askOnce(question, controller.signal), controller.signal),
    lookup: (host) => unlessEnded(lookup(host), controller.signal),
  };
  try {
    return await prepared.probe(bounded);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (!(error instanceof UserError)) throw error;
    return unknown(error.message);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    // Nothing goes on after its check is over.
    controller.abort(tookTooLong(timeout));
  }
}

function remembering(ask: CheckEffects["ask"]): AskOnce {
  const asked = new Map<string, Promise<Answer>>();
  return (question, signal) => {
    const key = JSON.stringify(question);
    const before = asked.get(key);
    if (before !== undefined) return before;
    const answer = ask(question, signal);
    asked.set(key, answer);
    return answer;
  };
}

/** The promise's own end, or the signal's reason as soon as it is there. Leaves no listener behind. */
function unlessEnded<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}

function tookTooLong(timeout: number): UserError {
  const message = `There was no answer within ${timeout / 1000} s.`;
  return new UserError({ code: "E_CHECK_TIMEOUT", phase: "connect", message });
}

function cancelled(): UserError {
  return new UserError({ code: "E_CANCELLED", phase: "cancel", message: "Cancelled while checks ran." });
}
