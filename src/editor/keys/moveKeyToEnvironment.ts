import * as vscode from "vscode";
import { placeOfDocument } from "../documentPlace.ts";
import type { Picks } from "../identity/picks.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import { applyKeyEdits, keyPlaceOf } from "./keyPlace.ts";

/** Moves the key at a place to the private environment file, and warns when git would take that file along. */
export async function moveKeyToEnvironment(
  args: readonly unknown[],
  picks: Picks,
  runner: TripRunner,
): Promise<void> {
  const found = await keyPlaceOf(args);
  if (found === null) return;
  const { document, place } = found;
  const { keyMoves } = runner;
  const around = placeOfDocument(document);
  const selected = picks.environment(around.folder);
  const machine = runner.thisMachine();
  const { environment } = await runner.environmentOf(
    { ...around, trusted: true, environment: selected },
    machine,
  );
  const known = new Map([...environment.values].map(([name, { text }]) => [name, text]));
  const { name, value, edits } = keyMoves.movedToEnvironment(document.getText(), place, known);
  const path = keyMoves.privateEnvironmentPath(environment.files, around.directory);
  const target = { environment: environment.name ?? "$shared", name };
  await keyMoves.saveEnvironmentValue(path, target, value, { ...machine, folder: around.folder });
  if (!(await applyKeyEdits(document, edits))) return;
  const warning = await keyMoves.gitWarning(path, machine);
  if (warning === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} is in the environment {1} of {2} now. Save the request file.",
        name,
        target.environment,
        path,
      ),
    );
    return;
  }
  const ignore = vscode.l10n.t("Add to .gitignore");
  const answer = await vscode.window.showWarningMessage(`${warning.message} ${warning.hint}`, ignore);
  if (answer === ignore) await addToGitIgnore(path, runner);
}

async function addToGitIgnore(path: string, { keyMoves, thisMachine }: TripRunner): Promise<void> {
  const machine = thisMachine();
  await keyMoves.addToGitIgnore(path, machine);
  const warning = await keyMoves.gitWarning(path, machine);
  if (warning !== null) void vscode.window.showWarningMessage(`${warning.message} ${warning.hint}`);
}
