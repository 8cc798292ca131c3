import assert from "node:assert/strict";
import type { CheckResult } from "../../src/checks/check.ts";
import type { Answer, CheckEffects, Question } from "../../src/checks/checkEffects.ts";
import { planChecks } from "../../src/checks/planChecks.ts";
import { runChecks } from "../../src/checks/runChecks.ts";
import { UserError } from "../../src/errors.ts";
import { answer, caller, refusedFor, short } from "./refusals.ts";

const refused = refusedFor(["iam-no-identity-allow", "clock-behind", "apigw-private-endpoint"]);
const plans = planChecks(refused);

function effectsOf(
  ask: (question: Question, signal: AbortSignal) => Promise<Answer>,
  more = {},
): CheckEffects {
  return {
    ask,
    lookup: async () => ["52.1.1.1"],
    timeout: 1000,
    signal: new AbortController().signal,
    ...more,
  };
}

/** Never answers, and ends with its signal. */
const silent = (_: Question, signal: AbortSignal) =>
  new Promise<Answer>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

describe("a run of checks", () => {
  it("tells each result as it comes, in order, and all of them in the end", async () => {
    const told: CheckResult[] = [];
    const results = await runChecks(
      plans,
      refused,
      effectsOf(async () => caller()),
      (result) => told.push(result),
    );
    assert.deepEqual(
      results.map(({ id }) => id),
      ["caller", "clock", "address", "route", "policy"],
    );
    assert.deepEqual(told, results);
  });

  it("asks nothing twice", async () => {
    const asked: string[] = [];
    await runChecks(
      plans,
      refused,
      effectsOf(async (question) => {
        asked.push(short(question));
        return question.kind === "aws" && question.service === "sts" ? caller() : answer(403, "{}");
      }),
    );
    assert.equal(asked.length, new Set(asked).size);
  });

  it("runs what the person chose, and nothing else", async () => {
    const chosen = plans.filter(({ id }) => id === "address");
    const asked: string[] = [];
    const results = await runChecks(
      chosen,
      refused,
      effectsOf(async (question) => {
        asked.push(short(question));
        return caller();
      }),
    );
    assert.deepEqual([results.map(({ id }) => id), asked], [["address"], []]);
  });

  it("ends each check in time, those that do not listen too, and goes on with the next", async () => {
    const deaf = () => new Promise<Answer>(() => undefined);
    for (const ask of [silent, deaf]) {
      const started = Date.now();
      const results = await runChecks(
        plans,
        refused,
        effectsOf(ask, { timeout: 50, lookup: () => new Promise<readonly string[]>(() => undefined) }),
      );
      assert.deepEqual(
        results.map(({ outcome, rulesOut, speaksFor }) => [outcome, rulesOut, speaksFor]),
        plans.map(() => ["unknown", [], []]),
      );
      assert.equal(results[0]?.shown, "There was no answer within 0.05 s.");
      assert.ok(Date.now() - started < 2000);
    }
  });

  it("makes an unknown of what fails, with its sentence", async () => {
    const failing = effectsOf(async () => {
      throw new UserError({ code: "E_CONNECT", phase: "connect", message: "Nobody listens at sts." });
    });
    const [first] = await runChecks(plans, refused, failing);
    assert.deepEqual([first?.outcome, first?.shown], ["unknown", "Nobody listens at sts."]);
  });

  it("ends at once when the person calls it off", async () => {
    const controller = new AbortController();
    const told: CheckResult[] = [];
    setTimeout(() => controller.abort(), 30);
    const started = Date.now();
    await assert.rejects(
      runChecks(plans, refused, effectsOf(silent, { timeout: 10_000, signal: controller.signal }), (result) =>
        told.push(result),
      ),
      { name: "UserError", code: "E_CANCELLED" },
    );
    assert.ok(Date.now() - started < 2000);
    assert.deepEqual(told, []);
    const asked: Question[] = [];
    const after = effectsOf(
      async (question) => {
        asked.push(question);
        return caller();
      },
      { signal: controller.signal },
    );
    await assert.rejects(runChecks(plans, refused, after), { code: "E_CANCELLED" });
    assert.deepEqual(asked, []);
  });

  it("does not hide a defect of its own", async () => {
    const broken = effectsOf(async () => {
      throw new TypeError("a bug");
    });
    await assert.rejects(runChecks(plans, refused, broken), TypeError);
  });
});
