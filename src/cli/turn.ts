import { setImmediate } from "node:timers/promises";
import { UserError } from "../errors.ts";
import type { Surroundings } from "./surroundings.ts";

/** Lets signals in between two pieces of work, and tells whether one has come. */
export async function isInterrupted({ signal }: Pick<Surroundings, "signal">): Promise<boolean> {
  await setImmediate();
  return signal.aborted;
}

/**
 * The same for work that has nothing to keep.
 * @throws UserError `E_CANCELLED`
 */
export async function goOn(surroundings: Pick<Surroundings, "signal">): Promise<void> {
  if (!(await isInterrupted(surroundings))) return;
  throw new UserError({
    code: "E_CANCELLED",
    phase: "cancel",
    message: "Cancelled before all of it was done; nothing was sent.",
  });
}
