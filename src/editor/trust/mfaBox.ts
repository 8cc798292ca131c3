import * as vscode from "vscode";
import { inertLine } from "../../guard/terminalText.ts";
import type { MfaQuestion } from "../trips/tripInput.ts";

/** Asks for the six digits of a second factor; undefined when the person calls it off. What is typed is kept nowhere. */
export function askForCode({ profile, role, serial, place }: MfaQuestion): Thenable<string | undefined> {
  const prompt = vscode.l10n.t(
    "Six digits of {0}, for role {1} ({2})",
    inertLine(serial),
    inertLine(role),
    inertLine(place),
  );
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Second factor for profile {0}", inertLine(profile)),
    prompt,
    placeHolder: "123456",
    ignoreFocusOut: true,
    // What is asked for stays to be read while somebody types.
    validateInput: (text) =>
      /^(?:\s*\d){0,6}\s*$/.test(text)
        ? { message: prompt, severity: vscode.InputBoxValidationSeverity.Info }
        : vscode.l10n.t("Six digits, as the device shows them."),
  });
}
