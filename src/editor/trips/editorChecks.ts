import type { CheckPlan, CheckResult } from "../../checks/check.ts";
import { causes } from "../../diagnosis/causes/causes.ts";
import type { Finding } from "../../diagnosis/diagnose.ts";
import { loadChecks } from "../../loadChecks.ts";
import { loadDoctor } from "../../loadDoctor.ts";
import type { Machine } from "../../machine.ts";
import type { CheckView, DiagnosisView } from "../../page/diagnosisView.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import type { Trip } from "../../trip/trip.ts";
import { diagnosisViewOf, type EditorDiagnosis, shownText } from "./diagnosisView.ts";
import { type EditorEffects, tripEffects } from "./editorTrip.ts";
import type { TripInput } from "./tripInput.ts";

/** The checks of a refused trip: listed first, run when the person says so. */
export interface EditorChecks {
  /** Redacted. */
  readonly plans: readonly CheckPlan[];
  /** @param onResult told what the panel shows after each of them */
  readonly run: (
    ids: ReadonlySet<string>,
    onResult: (diagnosis: EditorDiagnosis) => void,
  ) => Promise<EditorDiagnosis>;
}

/** What could be asked about a refusal. Nothing is contacted before `run`. */
export async function editorChecks(
  trip: Trip,
  diagnosis: EditorDiagnosis,
  input: TripInput,
  machine: Machine,
  effects: EditorEffects,
): Promise<EditorChecks> {
  const { plans, run } = await (await loadChecks())(
    trip,
    diagnosis.findings,
    tripEffects(input, machine, effects),
  );
  const { reranked } = await loadDoctor();
  const redactor = redactorOf(trip);
  const after = (results: readonly CheckResult[]): EditorDiagnosis => {
    const findings = reranked(diagnosis.findings, results);
    const checks = results.map((result) => checkView(result, (text) => shownText(text, redactor)));
    return { findings, view: withChecks(diagnosis.view, trip, findings, input, checks) };
  };
  return {
    plans: plans.map((plan) => ({ ...plan, contacts: shownText(plan.contacts, redactor) })),
    async run(ids, onResult) {
      const results: CheckResult[] = [];
      const wanted = plans.filter(({ id }) => ids.has(id));
      await run(wanted, (result) => {
        results.push(result);
        onResult(after(results));
      });
      return after(results);
    },
  };
}

function withChecks(
  view: DiagnosisView,
  trip: Trip,
  findings: readonly Finding[],
  input: TripInput,
  checks: readonly CheckView[],
): DiagnosisView {
  return { ...view, findings: diagnosisViewOf(findings, trip, input), checks };
}

function checkView(
  { title, outcome, shown, rulesOut, speaksFor }: CheckResult,
  text: (value: string) => string,
): CheckView {
  const titles = (some: CheckResult["rulesOut"]) => some.map((cause) => causes[cause].title);
  return { title, outcome, text: text(shown), rulesOut: titles(rulesOut), speaksFor: titles(speaksFor) };
}
