import type { CheckResult } from "../checks/check.ts";
import type { Finding } from "../diagnosis/diagnose.ts";
import { inertLine } from "../guard/terminalText.ts";
import { loadChecks } from "../loadChecks.ts";
import { loadDoctor } from "../loadDoctor.ts";
import type { Trip } from "../trip/trip.ts";
import { diagnoseTrip } from "../trip/tripDiagnosis.ts";
import type { TripEffects } from "../trip/tripEffects.ts";
import { noteLines, type Printer } from "./printer.ts";

/** Why a trip was refused, and what checks found out about it. */
export interface RefusedTrip {
  readonly findings: readonly Finding[];
  readonly checked: readonly CheckResult[];
}

/**
 * Why a trip was refused; empty for one that was not. Nothing is contacted.
 * @param text of the file that it was made of
 */
export async function refusedTrip(trip: Trip, text: string): Promise<RefusedTrip> {
  return { findings: (await diagnoseTrip(trip, { text, line: trip.line })).findings, checked: [] };
}

/**
 * The same after asking the world.
 * @param tell told each check before the first runs, and each result
 * @throws UserError `E_CANCELLED` and what `tripChecks` throws
 */
export async function checkedTrip(
  trip: Trip,
  text: string,
  effects: TripEffects,
  { style, redactor }: Printer,
  tell: (lines: readonly string[]) => Promise<void>,
): Promise<RefusedTrip> {
  const { findings, checked } = await refusedTrip(trip, text);
  if (findings.length === 0) return { findings, checked };
  const { plans, run } = await (await loadChecks())(trip, findings, effects);
  const line = (text: string) => inertLine(redactor.text(text));
  const listed = plans.map(({ title, contacts }) => `  ${line(title)} ${style.dim(line(contacts))}`);
  const heading = plans.length === 0 ? "No check would tell more." : "These checks run now:";
  await tell([...noteLines([heading], { style, redactor }), ...listed]);
  const results = await run(plans);
  const marks = { passed: style.good("✓"), failed: style.bad("✗"), unknown: style.dim("–") } as const;
  await tell(results.map(({ outcome, title, shown }) => `${marks[outcome]} ${line(title)} ${line(shown)}`));
  const { reranked } = await loadDoctor();
  return { findings: reranked(findings, results), checked: results };
}
