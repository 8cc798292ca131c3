import type { CheckPlan } from "./check.ts";
import { checks } from "./checks.ts";
import type { Refused } from "./refused.ts";

/** The checks that would tell more of this refusal, in the order in which they run. Pure: nothing is contacted. */
export function planChecks(refused: Refused): readonly CheckPlan[] {
  return checks.flatMap(({ id, title, prepare }) => {
    const prepared = prepare(refused);
    return prepared === null ? [] : [{ id, title, contacts: prepared.contacts }];
  });
}
