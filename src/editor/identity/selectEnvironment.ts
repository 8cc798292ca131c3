import * as vscode from "vscode";
import { placeOfDocument } from "../documentPlace.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { Picks } from "./picks.ts";

/** Lets the person pick the environment of a folder, from the files nearest to the document. */
export async function selectEnvironment(
  document: vscode.TextDocument,
  picks: Picks,
  runner: TripRunner,
): Promise<void> {
  const place = placeOfDocument(document);
  const { names } = await runner.environmentOf(
    { ...place, trusted: true, environment: null },
    runner.thisMachine(),
  );
  if (names.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "There is no environment to select: http-client.env.json beside the request file holds them.",
      ),
    );
    return;
  }
  const current = picks.environment(place.folder);
  const items = [
    ...names.map((name) => ({
      name,
      label: name,
      description: name === current ? vscode.l10n.t("selected") : "",
    })),
    {
      name: null,
      label: vscode.l10n.t("None"),
      description: vscode.l10n.t("$shared alone, or the only one there is"),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Environment") });
  if (picked !== undefined) await picks.pickEnvironment(place.folder, picked.name);
}
