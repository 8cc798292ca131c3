import type { DiagnosisView } from "../../page/view.ts";
import { redactedFinding } from "../../shown/redactedFinding.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import type { Trip } from "../../trip/trip.ts";
import { comparedTrip, diagnoseTrip } from "../../trip/tripDiagnosis.ts";

/** Readings that are shown; the rest would be no help. */
const most = 5;

/** Why a trip's answer is a refusal, as the panel shows it; null for other answers. Compared first, redacted then. */
export async function diagnosisView(trip: Trip): Promise<DiagnosisView | null> {
  const findings = await diagnoseTrip(trip);
  if (findings.length === 0) return null;
  const redactor = redactorOf(trip);
  const lines = await comparedTrip(trip);
  const text = (value: string | null) => (value === null ? null : redactor.text(value));
  return {
    findings: findings.slice(0, most).map((finding) => {
      const shown = redactedFinding(finding, redactor);
      return { ...shown, statement: shown.statement && JSON.stringify(shown.statement, null, 2) };
    }),
    comparison:
      lines?.map(({ label, ours, theirs, same }) => ({
        label,
        ours: text(ours),
        theirs: text(theirs),
        same,
      })) ?? null,
  };
}
