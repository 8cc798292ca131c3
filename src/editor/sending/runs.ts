import * as vscode from "vscode";
import { type RequestTarget, requestKey } from "../requestTarget.ts";

/** A trip that is under way. */
export interface Run {
  readonly number: number;
  readonly key: string;
  readonly mutating: boolean;
  readonly controller: AbortController;
}

/** The trips of this window that are under way. */
export interface Runs {
  begin(target: RequestTarget): Run;
  end(run: Run): void;
  /** Ends runs of the same request; asks first when one may have changed something. False when it is to go on. */
  endSame(target: RequestTarget): Promise<boolean>;
  /** Ends the run with that number, else the last one; false when there is none. */
  cancel(number?: number): boolean;
  cancelAll(): void;
}

const readingMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Numbers them from 1. */
export function createRuns(): Runs {
  const runs = new Map<number, Run>();
  let count = 0;
  const abortAll = (some: Iterable<Run>): void => {
    for (const { controller } of some) controller.abort();
  };
  return {
    begin(target) {
      count += 1;
      const mutating = !readingMethods.has(target.block.method.text);
      const run = { number: count, key: requestKey(target), mutating, controller: new AbortController() };
      runs.set(run.number, run);
      return run;
    },
    end: (run) => void runs.delete(run.number),
    async endSame(target) {
      const key = requestKey(target);
      const same = [...runs.values()].filter((run) => run.key === key);
      if (!(await mayEnd(same))) return false;
      abortAll(same);
      return true;
    },
    cancel(number) {
      const run = number === undefined ? [...runs.values()].at(-1) : runs.get(number);
      run?.controller.abort();
      return run !== undefined;
    },
    cancelAll: () => abortAll(runs.values()),
  };
}

/** Asks first when one of them may have changed something. False when it is to go on. */
async function mayEnd(same: readonly Run[]): Promise<boolean> {
  if (same.some(({ mutating }) => mutating)) {
    const wait = { title: vscode.l10n.t("Let It Go On") };
    const again = { title: vscode.l10n.t("Cancel and Send Again") };
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("This request is still under way, and may have changed something already."),
      { modal: true, detail: vscode.l10n.t("Sending it again may do twice what it does.") },
      wait,
      again,
    );
    if (answer !== again) return false;
  }
  return true;
}
