import { type Cause, causes } from "./causes/causes.ts";
import type { Finding } from "./diagnose.ts";
import { adviceFor } from "./fixes/fixes.ts";

/** What a check found out, as far as findings care. */
export interface CheckedFact {
  /** A sentence for a person. */
  readonly shown: string;
  readonly rulesOut: readonly Cause[];
  readonly speaksFor: readonly Cause[];
}

/** Where a finding goes: the smaller first. */
const places = { proved: 0, spokenFor: 1, likely: 2, possible: 3, ruledOut: 4 } as const;

interface Placed {
  readonly finding: Finding;
  readonly place: number;
}

/**
 * The findings as checks leave them: what they speak for comes up, what they rule out goes to the end and says why, so
 * that nobody looks for it again. A cause that nobody thought of joins in its place; a check proves nothing.
 */
export function reranked(findings: readonly Finding[], facts: readonly CheckedFact[]): readonly Finding[] {
  const known = new Set(findings.map(({ cause }) => cause));
  const news = new Set(facts.flatMap(({ speaksFor }) => speaksFor).filter((cause) => !known.has(cause)));
  const joined = [...news].map((cause) => placed(newFinding(cause), facts));
  return [...findings.map((finding) => placed(finding, facts)), ...joined]
    .sort((a, b) => a.place - b.place)
    .map(({ finding }) => finding);
}

function placed(before: Finding, facts: readonly CheckedFact[]): Placed {
  const { cause, certainty } = before;
  const finding = withEvidence(before, facts);
  const speaking = facts.filter(({ speaksFor }) => speaksFor.includes(cause));
  const isRuledOut = facts.some(({ rulesOut }) => rulesOut.includes(cause));
  // Checks that contradict one another change nothing but what is known.
  if (isRuledOut === speaking.length > 0) return { finding, place: places[certainty] };
  if (isRuledOut) return { finding: { ...finding, certainty: "possible" }, place: places.ruledOut };
  if (certainty === "proved") return { finding, place: places.proved };
  // One that speaks for several does not say which.
  const isClear = speaking.some(({ speaksFor }) => speaksFor.length === 1);
  return { finding: isClear ? { ...finding, certainty: "likely" } : finding, place: places.spokenFor };
}

function withEvidence(finding: Finding, facts: readonly CheckedFact[]): Finding {
  const { cause, evidence } = finding;
  const pro = facts.filter(({ speaksFor }) => speaksFor.includes(cause));
  const against = facts.filter(({ rulesOut }) => rulesOut.includes(cause));
  return {
    ...finding,
    evidence: [...evidence, ...sentences(pro, "Checked"), ...sentences(against, "Ruled out")],
  };
}

function sentences(facts: readonly CheckedFact[], what: string): readonly string[] {
  return facts.map(({ shown }) => `${what}: ${shown}`);
}

function newFinding(cause: Cause): Finding {
  const { title } = causes[cause];
  return {
    cause,
    certainty: "possible",
    title,
    detail: `${title}.`,
    evidence: [],
    fixes: adviceFor(cause),
    statement: null,
  };
}
