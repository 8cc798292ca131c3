import type { Finding } from "../../diagnosis/diagnose.ts";
import type { Fix } from "../../diagnosis/fixes/fix.ts";
import type { Redactor } from "../../guard/redactor.ts";
import { inertText } from "../../guard/terminalText.ts";
import type { DiagnosisView, FindingView, FixView } from "../../page/diagnosisView.ts";
import { changedLines } from "../../request/changedLines.ts";
import { changedText } from "../../request/changedText.ts";
import { redactedFinding } from "../../shown/redactedFinding.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import type { TripText } from "../../trip/provenFixes.ts";
import type { Trip } from "../../trip/trip.ts";
import { diagnoseTrip } from "../../trip/tripDiagnosis.ts";

/** Readings that are shown; the rest would be no help. */
const most = 5;

/** Why a trip's answer is a refusal: as the panel shows it, and as it can be acted on. */
export interface EditorDiagnosis {
  /** As in the view, in its order. They hold what must not be shown. */
  readonly findings: readonly Finding[];
  readonly view: DiagnosisView;
}

/** Why a trip's answer is a refusal; null for other answers. Compared first, redacted then. */
export async function editorDiagnosis(trip: Trip, source: TripText): Promise<EditorDiagnosis | null> {
  const { findings: all, comparison, lookedAt } = await diagnoseTrip(trip, source);
  if (all.length === 0) return null;
  const findings = all.slice(0, most);
  const redactor = redactorOf(trip);
  const shown = (value: string | null) => (value === null ? null : shownText(value, redactor));
  return {
    findings,
    view: {
      findings: diagnosisViewOf(findings, trip, source),
      comparison:
        comparison?.map((compared) => ({
          ...compared,
          ours: shown(compared.ours),
          theirs: shown(compared.theirs),
        })) ?? null,
      lookedAt: lookedAt.map((one) => ({ ...one, text: shownText(one.text, redactor) })),
      checks: [],
    },
  };
}

/** Words of an answer with no secret in them, and nothing that cannot be seen. */
export function shownText(text: string, redactor: Redactor): string {
  return inertText(redactor.text(text));
}

/** Findings as the panel shows them, their edits as diffs of the text. */
export function diagnosisViewOf(
  findings: readonly Finding[],
  trip: Trip,
  source: TripText,
): readonly FindingView[] {
  const redactor = redactorOf(trip);
  return findings.map((finding) => findingView(finding, source, redactor));
}

function findingView(finding: Finding, source: TripText, redactor: Redactor): FindingView {
  const { cause, certainty, title, detail, evidence, fixes } = redactedFinding(finding, redactor);
  return {
    cause,
    certainty,
    title,
    detail: inertText(detail),
    evidence: evidence.map(inertText),
    // The diff is made with the change itself, and redacted then.
    fixes: fixes.map((fix, index) => fixView(fix, finding.fixes[index] ?? fix, source, redactor)),
  };
}

function fixView(shown: Fix, fix: Fix, { text, line, file }: TripText, redactor: Redactor): FixView {
  if (fix.kind !== "edit") return viewOf(shown);
  const changed = changedText(text, line, fix.change, file);
  return {
    kind: "edit",
    title: shown.title,
    proved: fix.proved,
    lines:
      typeof changed === "string"
        ? null
        : changedLines(text, changed.edit).map((line) => ({ ...line, text: shownText(line.text, redactor) })),
  };
}

function viewOf(fix: Fix): FixView {
  return fix.kind === "copy"
    ? { kind: "copy", title: fix.title, text: fix.text }
    : { kind: fix.kind === "edit" ? "advice" : fix.kind, title: fix.title };
}
