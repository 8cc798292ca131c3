import type { Cause } from "../diagnosis/causes/causes.ts";

export type CheckId = "caller" | "region" | "clock" | "address" | "route" | "decode" | "policy";

/** A check before it runs, for the person who is to say yes. */
export interface CheckPlan {
  readonly id: CheckId;
  readonly title: string;
  /** Everything that will be contacted: `STS at sts.eu-west-1.amazonaws.com`, `DNS for api.example.com`. */
  readonly contacts: string;
}

/** What a probe found out. */
export interface Verdict {
  /** `unknown` when nobody answered, or the answer tells nothing. */
  readonly outcome: "passed" | "failed" | "unknown";
  /** One sentence or two for a person. Quotes answers: redacted before it is shown. */
  readonly shown: string;
  /** Causes that it cannot be any more. */
  readonly rulesOut: readonly Cause[];
  /** Causes that are more likely now. */
  readonly speaksFor: readonly Cause[];
}

/** A check that ran. */
export interface CheckResult extends Verdict {
  readonly id: CheckId;
  readonly title: string;
}

/** A verdict that tells nothing. */
export function unknown(shown: string): Verdict {
  return { outcome: "unknown", shown, rulesOut: [], speaksFor: [] };
}
