import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Trip } from "../../trip/trip.ts";
import type { TripRunner } from "../trips/loadRunner.ts";

/** Saves the bytes of an answer, exactly as they are, where the person says. */
export async function saveBody(trip: Trip | null, runner: TripRunner): Promise<void> {
  const response = trip?.exchange?.response ?? null;
  if (response === null) return tellNoBody();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const defaultUri = vscode.Uri.file(join(folder, runner.savedName(response)));
  const uri = await vscode.window.showSaveDialog({ defaultUri });
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, await response.body.slice(0, response.body.size));
}

/** Opens the body as a new, unsaved document; bytes that are no text are saved instead. */
export async function openBody(trip: Trip | null, runner: TripRunner): Promise<void> {
  const response = trip?.exchange?.response ?? null;
  if (trip === null || response === null) return tellNoBody();
  const body = await runner.bodyContent(trip, response, false);
  if (body.kind !== "text") return saveBody(trip, runner);
  const language = body.language === "text" ? "plaintext" : body.language;
  const document = await vscode.workspace.openTextDocument({ language, content: body.text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}

function tellNoBody(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("There is no answer to save: send the request first."),
  );
}
