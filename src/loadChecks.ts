import type { tripChecks } from "./trip/tripChecks.ts";

/** Loads what asks the world about a refusal, a bundle of its own beside this one, when somebody wants it. */
export async function loadChecks(): Promise<typeof tripChecks> {
  const checks = await import("./trip/tripChecks.ts");
  return checks.tripChecks;
}
