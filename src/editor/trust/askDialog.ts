import * as vscode from "vscode";
import type { EditorQuestion } from "../trips/tripInput.ts";
import { questionText } from "./questionText.ts";

/**
 * Asks in a modal dialog. Only a click on the button that says so is a yes: Enter presses the first button, which is the
 * no; Escape, Cancel and a closed window are a no as well.
 */
export async function askInDialog(question: EditorQuestion): Promise<boolean> {
  const { message, detail, yes } = questionText(question);
  const [refuse, allow] = [{ title: vscode.l10n.t("Don't Allow") }, { title: yes }];
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, refuse, allow);
  return answer === allow;
}
