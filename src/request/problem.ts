import type { Problem, TextRange } from "../stages.ts";

/** A problem that stops the request. `code` begins with `E_`. */
export function errorAt(range: TextRange, code: string, message: string): Problem {
  return { code, severity: "error", message, range };
}

/** A problem that does not stop the request, but is probably not what was meant. `code` begins with `W_`. */
export function warningAt(range: TextRange, code: string, message: string): Problem {
  return { code, severity: "warning", message, range };
}

/** Something to know about a request that may well be right, but that a reader could take for something else. */
export function informationAt(range: TextRange, code: string, message: string): Problem {
  return { code, severity: "information", message, range };
}

/** Something worth knowing about a request that is right as it stands. `code` begins with `H_`. */
export function hintAt(range: TextRange, code: string, message: string): Problem {
  return { code, severity: "hint", message, range };
}

/** Why a text is not what it should be: a code and one sentence, without a place. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** Where in the text, when it can be told. */
  readonly at?: number;
}

/** A text understood, or the reason why not. */
export type Reading<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly fault: Fault; readonly value?: undefined };

/** True when any of the problems stops the request. */
export function hasError(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}

/** Adds one by one: a call with a spread list fails when a hostile file yields a million of them. */
export function addProblems(to: Problem[], from: readonly Problem[]): void {
  for (const problem of from) to.push(problem);
}

/** Sorts problems in the order of the file. */
export function byPlace(left: Problem, right: Problem): number {
  const [a, b] = [left.range.start, right.range.start];
  return a.line - b.line || a.column - b.column;
}
