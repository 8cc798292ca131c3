import * as vscode from "vscode";
import { profilesOf } from "../identity/switchProfile.ts";
import type { TripRunner } from "../trips/loadRunner.ts";
import { applyKeyEdits, keyPlaceOf } from "./keyPlace.ts";

/** Moves the keys at a place to a profile whose name the person says, after a yes to the file that is written. */
export async function moveKeysToProfile(args: readonly unknown[], runner: TripRunner): Promise<void> {
  const found = await keyPlaceOf(args);
  if (found === null) return;
  const { document, place } = found;
  const { keyMoves } = runner;
  const machine = runner.thisMachine();
  const text = document.getText();
  const keyId = keyMoves.shownKeyId(keyMoves.movedToProfile(text, place, "profile"));
  const profile = await askForName(keyId, runner);
  if (profile === undefined) return;
  const target = keyMoves.credentialsTarget(machine);
  if (!(await mayWrite(profile, keyId, target.shown))) return;
  if (document.getText() !== text) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("The request file changed meanwhile; nothing was written. Choose the quick fix again."),
    );
    return;
  }
  const { credentials, edits } = keyMoves.movedToProfile(text, place, profile);
  await keyMoves.addProfile(target.path, target.shown, profile, credentials);
  if (!(await applyKeyEdits(document, edits))) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "The keys are in profile {0} of {1}. Save the request file; if others have seen it, replace the keys in IAM.",
      profile,
      target.shown,
    ),
  );
}

async function askForName(keyId: string, runner: TripRunner): Promise<string | undefined> {
  const profiles = await profilesOf(runner, null);
  const taken = new Set(profiles.map(({ name }) => name));
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Move Keys to a Profile"),
    prompt: vscode.l10n.t("Name of a new profile for the keys {0}", keyId),
    ignoreFocusOut: true,
    validateInput: (name) =>
      taken.has(name)
        ? vscode.l10n.t("There is a profile {0} already.", name)
        : runner.keyMoves.profileNameFault(name),
  });
}

/** As in every dialog here: Enter presses the first button, which is the no. */
async function mayWrite(profile: string, keyId: string, shown: string): Promise<boolean> {
  const [no, yes] = [{ title: vscode.l10n.t("Don't Write") }, { title: vscode.l10n.t("Write") }];
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("Write these keys to {0}?", shown),
    {
      modal: true,
      detail: vscode.l10n.t(
        "File: {0}\nProfile: {1}\nAccess key id: {2}\nNothing else in the file is changed; only you may read it.",
        shown,
        profile,
        keyId,
      ),
    },
    no,
    yes,
  );
  return answer === yes;
}
