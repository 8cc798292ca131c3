import assert from "node:assert/strict";
import type { Cause } from "../../src/diagnosis/causes/causes.ts";
import { type CheckedFact, reranked } from "../../src/diagnosis/checkedFacts.ts";
import { diagnose, type Finding } from "../../src/diagnosis/diagnose.ts";
import { adviceFor } from "../../src/diagnosis/fixes/fixes.ts";
import { noRequestFacts } from "../../src/diagnosis/reading/diagnosisInput.ts";

function finding(cause: Cause, certainty: Finding["certainty"]): Finding {
  return {
    cause,
    certainty,
    title: cause,
    detail: `${cause}.`,
    evidence: ["the answer says so"],
    fixes: [],
    statement: null,
  };
}

function fact(shown: string, rulesOut: readonly Cause[], speaksFor: readonly Cause[]): CheckedFact {
  return { shown, rulesOut, speaksFor };
}

const inShort = (findings: readonly Finding[]) =>
  findings.map(({ cause, certainty, evidence }) => [cause, certainty, ...evidence.slice(1)]);

const clock = [finding("clock-behind", "likely"), finding("stale-signature", "possible")];

describe("findings after checks", () => {
  it("stay as they are without a word on them", () => {
    assert.deepEqual(reranked(clock, []), clock);
    assert.deepEqual(reranked(clock, [fact("Nothing.", [], [])]), clock);
    assert.deepEqual(reranked(clock, [fact("Not the key.", ["cred-invalid-key"], [])]), clock);
  });

  it("have what is ruled out at the end, still there and saying why", () => {
    const right = fact("1 s behind.", ["clock-behind", "clock-ahead"], ["stale-signature"]);
    assert.deepEqual(inShort(reranked(clock, [right])), [
      ["stale-signature", "likely", "Checked: 1 s behind."],
      ["clock-behind", "possible", "Ruled out: 1 s behind."],
    ]);
  });

  it("have what is spoken for before what is likely only, and after what is proved", () => {
    const found = [
      finding("sig-path-encoding", "proved"),
      finding("apigw-waf", "likely"),
      finding("apigw-api-key", "possible"),
      finding("apigw-private-endpoint", "possible"),
    ];
    const facts = [fact("Private.", [], ["apigw-private-endpoint"])];
    assert.deepEqual(
      inShort(reranked(found, facts)).map(([cause, certainty]) => [cause, certainty]),
      [
        ["sig-path-encoding", "proved"],
        ["apigw-private-endpoint", "likely"],
        ["apigw-waf", "likely"],
        ["apigw-api-key", "possible"],
      ],
    );
  });

  it("are no surer by a check that speaks for several", () => {
    const found = [finding("apigw-api-key", "possible"), finding("apigw-waf", "possible")];
    const facts = [fact("All of it.", ["apigw-api-key"], ["apigw-waf", "apigw-endpoint-disabled"])];
    assert.deepEqual(inShort(reranked(found, facts)), [
      ["apigw-waf", "possible", "Checked: All of it."],
      ["apigw-endpoint-disabled", "possible"],
      ["apigw-api-key", "possible", "Ruled out: All of it."],
    ]);
  });

  it("are never proved by a check", () => {
    const facts = [1, 2, 3].map((n) => fact(`Check ${n}.`, [], ["stale-signature", "clock-behind"]));
    const [one] = [fact("One.", [], ["cred-expired-token"])];
    const all = reranked(clock, one === undefined ? facts : [...facts, one]);
    assert.ok(all.every(({ certainty }) => certainty !== "proved"));
  });

  it("gain a cause that a check alone thought of, where it speaks for nothing else, with its fix", () => {
    const [added] = reranked(clock, [fact("STS says ExpiredToken.", [], ["cred-expired-token"])]);
    assert.deepEqual(added, {
      cause: "cred-expired-token",
      certainty: "likely",
      title: "The temporary credentials have expired",
      detail: "The temporary credentials have expired.",
      evidence: ["Checked: STS says ExpiredToken."],
      fixes: adviceFor("cred-expired-token"),
      statement: null,
    });
  });

  it("keep their place where checks contradict one another", () => {
    const facts = [fact("Yes.", [], ["clock-behind"]), fact("No.", ["clock-behind"], [])];
    assert.deepEqual(inShort(reranked(clock, facts)), [
      ["clock-behind", "likely", "Checked: Yes.", "Ruled out: No."],
      ["stale-signature", "possible"],
    ]);
  });

  it("keep their order when all is ruled out", () => {
    const all = reranked(clock, [fact("Neither.", ["stale-signature", "clock-behind"], [])]);
    assert.deepEqual(
      all.map(({ cause }) => cause),
      ["clock-behind", "stale-signature"],
    );
  });

  it("fit what the diagnosis gives", () => {
    const found = diagnose({
      status: 403,
      headers: [],
      body: '{"message":"Signature expired: 20300517T115000Z is now earlier than 20300517T115500Z (20300517T120000Z - 5 min.)"}',
      service: "execute-api",
      request: noRequestFacts,
      signing: { canonicalRequest: null, stringToSign: null },
      account: null,
      verification: null,
      clockOffset: null,
    });
    const right = fact("The clock is right.", ["clock-behind"], ["stale-signature"]);
    assert.deepEqual(
      reranked(found, [right]).map(({ cause, certainty }) => [cause, certainty]),
      [
        ["stale-signature", "likely"],
        ["clock-behind", "possible"],
      ],
    );
  });
});
