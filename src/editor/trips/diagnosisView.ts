import type { Finding } from "../../diagnosis/diagnose.ts";
import type { Fix } from "../../diagnosis/fixes/fix.ts";
import type { Redactor } from "../../guard/redactor.ts";
import type { DiagnosisView, FindingView, FixView } from "../../page/diagnosisView.ts";
import { changedLines } from "../../request/changedLines.ts";
import { changeRequest } from "../../request/changeRequest.ts";
import { parseRequestFile } from "../../request/parse.ts";
import { requestAt } from "../../request/selectRequest.ts";
import { redactedFinding } from "../../shown/redactedFinding.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import type { RequestBlock, RequestFile } from "../../stages.ts";
import type { Trip } from "../../trip/trip.ts";
import { diagnoseTrip } from "../../trip/tripDiagnosis.ts";
import type { TripInput } from "./tripInput.ts";

/** Readings that are shown; the rest would be no help. */
const most = 5;

/** Why a trip's answer is a refusal: as the panel shows it, and as it can be acted on. */
export interface EditorDiagnosis {
  /** As in the view, in its order. They hold what must not be shown. */
  readonly findings: readonly Finding[];
  readonly view: DiagnosisView;
}

/** The text in which fixes are edits. */
interface Source {
  readonly text: string;
  readonly file: RequestFile;
  readonly block: RequestBlock | null;
}

/** Why a trip's answer is a refusal; null for other answers. Compared first, redacted then. */
export async function editorDiagnosis(
  trip: Trip,
  { text, line }: Pick<TripInput, "text" | "line">,
): Promise<EditorDiagnosis | null> {
  const { findings: all, comparison, lookedAt } = await diagnoseTrip(trip);
  if (all.length === 0) return null;
  const findings = all.slice(0, most);
  const redactor = redactorOf(trip);
  const shown = (value: string | null) => (value === null ? null : redactor.text(value));
  return {
    findings,
    view: {
      findings: diagnosisViewOf(findings, trip, { text, line }),
      comparison:
        comparison?.map((compared) => ({
          ...compared,
          ours: shown(compared.ours),
          theirs: shown(compared.theirs),
        })) ?? null,
      lookedAt: lookedAt.map((one) => ({ ...one, text: redactor.text(one.text) })),
      checks: [],
    },
  };
}

/** Findings as the panel shows them, their edits as diffs of the text. */
export function diagnosisViewOf(
  findings: readonly Finding[],
  trip: Trip,
  { text, line }: Pick<TripInput, "text" | "line">,
): readonly FindingView[] {
  const file = parseRequestFile(text);
  const source = { text, file, block: requestAt(file.requests, line) };
  const redactor = redactorOf(trip);
  return findings.map((finding) => findingView(finding, source, redactor));
}

function findingView(finding: Finding, source: Source, redactor: Redactor): FindingView {
  const { cause, certainty, title, detail, evidence, fixes } = redactedFinding(finding, redactor);
  return {
    cause,
    certainty,
    title,
    detail,
    evidence,
    // The diff is made with the change itself, and redacted then.
    fixes: fixes.map((fix, index) => fixView(fix, finding.fixes[index] ?? fix, source, redactor)),
  };
}

function fixView(shown: Fix, fix: Fix, { text, file, block }: Source, redactor: Redactor): FixView {
  if (fix.kind !== "edit") return viewOf(shown);
  const edit = block === null ? null : changeRequest(file, block, fix.change);
  return {
    kind: "edit",
    title: shown.title,
    proved: fix.proved,
    lines:
      edit === null
        ? null
        : changedLines(text, edit).map((line) => ({ ...line, text: redactor.text(line.text) })),
  };
}

function viewOf(fix: Fix): FixView {
  return fix.kind === "copy"
    ? { kind: "copy", title: fix.title, text: fix.text }
    : { kind: fix.kind === "edit" ? "advice" : fix.kind, title: fix.title };
}
