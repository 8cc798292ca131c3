import type { CanonicalDifference } from "../canonical/canonicalDiff.ts";
import type { Cause } from "../causes/causes.ts";
import type { Symptoms } from "../reading/symptoms.ts";

/** One reading of the symptoms. */
export interface Verdict {
  readonly cause: Cause;
  /**
   * How well it fits, 0 to 100: from 70 on the answer says so itself, below it is one of several that fit.
   */
  readonly weight: number;
  /** What of the answer or the request says so, in words. */
  readonly evidence: readonly string[];
  /** What is to be known beyond the cause's own sentence: the right region, the offset of the clock. */
  readonly detail?: string;
  /** True when the answer's own canonical string shows it. */
  readonly proved?: boolean;
  /** In what the service's canonical string differs from ours. */
  readonly difference?: CanonicalDifference;
}

/** Looks at the symptoms and says what fits; most say nothing. */
export type Rule = (symptoms: Symptoms) => readonly Verdict[];

/** Makes a rule of one pattern in what the answer says. */
export function saying(
  pattern: RegExp,
  cause: Cause,
  weight: number,
  detail?: (match: RegExpExecArray, symptoms: Symptoms) => string | undefined,
): Rule {
  return (symptoms) => {
    const match = pattern.exec(symptoms.text);
    if (match === null) return [];
    const more = detail?.(match, symptoms);
    return [{ cause, weight, evidence: [quoted(match[0])], ...(more !== undefined && { detail: more }) }];
  };
}

/** Words of the answer, short enough for a line. */
export function quoted(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return `the answer says "${plain.length > 160 ? `${plain.slice(0, 160)}…` : plain}"`;
}
