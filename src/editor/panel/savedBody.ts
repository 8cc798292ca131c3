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
  const { body } = response;
  if (uri.scheme === "file") return runner.writeBody(body, uri.fsPath);
  if (body.size > largestElsewhere) return tellTooLarge();
  await vscode.workspace.fs.writeFile(uri, await body.slice(0, body.size));
}

/** Bytes that a file system of another extension gets: it takes them only at once. */
const largestElsewhere = 64 * 1024 * 1024;

function tellTooLarge(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The body is too large for that place: save it to a folder of this machine."),
  );
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
