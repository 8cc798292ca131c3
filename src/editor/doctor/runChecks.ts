import * as vscode from "vscode";
import type { Trip } from "../../trip/trip.ts";
import { inform } from "../commands/requestCommand.ts";
import type { TripRunner } from "../trips/loadRunner.ts";

type Diagnosis = NonNullable<Awaited<ReturnType<TripRunner["editorDiagnosis"]>>>;

/** What asking about one refused trip works with. */
export interface Refusal {
  readonly trip: Trip;
  readonly diagnosis: Diagnosis;
  readonly input: Parameters<TripRunner["editorChecks"]>[2];
  readonly effects: Parameters<TripRunner["editorChecks"]>[4];
  /** Shows what is known by now. */
  readonly show: (diagnosis: Diagnosis) => void;
}

/** Lists the checks with whom they contact; those that the person leaves picked run, one after the other. */
export async function runChecks(
  { trip, diagnosis, input, effects, show }: Refusal,
  runner: TripRunner,
): Promise<void> {
  const controller = new AbortController();
  const own = { ...effects, signal: controller.signal };
  const { plans, run } = await runner.editorChecks(trip, diagnosis, input, runner.thisMachine(), own);
  if (plans.length === 0) return inform(vscode.l10n.t("No check would tell more about this refusal."));
  const items = plans.map(({ id, title, contacts }) => ({
    label: title,
    detail: contacts,
    picked: true,
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Run Checks"),
    placeHolder: vscode.l10n.t("These will be contacted. Nothing is changed anywhere."),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.length === 0) return;
  const ids = new Set(picked.map(({ id }) => id));
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Checking what was refused"),
      cancellable: true,
    },
    async (_, token) => {
      token.onCancellationRequested(() => controller.abort());
      show(await run(ids, show));
    },
  );
}
