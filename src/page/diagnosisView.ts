/** What the Diagnosis tab shows, redacted. */

/** Why the answer is a refusal. */
export interface DiagnosisView {
  /** The best first; at least one. */
  readonly findings: readonly FindingView[];
  /** Both canonical requests line by line; null when the service echoed none. */
  readonly comparison: readonly ComparedLine[] | null;
  /** What the answer tells beside the best finding. */
  readonly lookedAt: readonly LookedAtView[];
  /** What was asked about it, as far as that went. */
  readonly checks: readonly CheckView[];
}

/** A check that ran. */
export interface CheckView {
  readonly title: string;
  readonly outcome: "passed" | "failed" | "unknown";
  readonly text: string;
  /** Titles of causes that it cannot be any more. */
  readonly rulesOut: readonly string[];
  /** Titles of causes that are more likely now. */
  readonly speaksFor: readonly string[];
}

/** Something that was looked at on the way to a finding. */
export interface LookedAtView {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "unknown";
  readonly text: string;
}

/** One reading of the refusal. */
export interface FindingView {
  readonly cause: string;
  readonly certainty: "proved" | "likely" | "possible";
  readonly title: string;
  readonly detail: string;
  readonly evidence: readonly string[];
  readonly fixes: readonly FixView[];
}

/** What can be done. The page names a fix by its place in the list; the host knows what it does. */
export type FixView =
  | { readonly kind: "advice" | "command" | "link"; readonly title: string }
  | { readonly kind: "copy"; readonly title: string; readonly text: string }
  | {
      readonly kind: "edit";
      readonly title: string;
      /** The request, signed again with it, is what the service computed. */
      readonly proved: boolean;
      /** What it does to the file; null when the text does not show the place. */
      readonly lines: readonly ChangedLineView[] | null;
    };

/** A line that an edit takes away or puts there. */
export interface ChangedLineView {
  readonly change: "removed" | "added";
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
}

/** One line of a canonical request on both sides; null where a side has none. */
export interface ComparedLine {
  readonly label: string;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly same: boolean;
}
