/** What kind of slip it is: a condition that is other than it should be, a call that is left out, … */
export type Slip = "condition" | "call" | "constant" | "argument" | "order" | "return";

/** One change of the source that would hurt a user, and that the tests have to notice. */
export interface Mutant {
  /** Unique among all. */
  readonly name: string;
  readonly slip: Slip;
  /** Path in the checkout. */
  readonly file: string;
  /** The test files that are run with it. */
  readonly tests: readonly string[];
  /** Text that stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What a user would suffer from it. */
  readonly why: string;
}
