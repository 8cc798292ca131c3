import * as vscode from "vscode";
import type { Answer, Question } from "../../questions.ts";
import type { YesNoQuestion } from "../trips/tripInput.ts";
import { askForCode } from "./mfaBox.ts";
import { questionText } from "./questionText.ts";

/** Asks the person: a dialog for yes and no, a box for a code. */
export async function askPerson(question: Question): Promise<Answer> {
  return question.kind === "mfa" ? ((await askForCode(question)) ?? false) : askInDialog(question);
}

/**
 * Asks in a modal dialog. Only a click on the button that says so is a yes: Enter presses the first button, which is the
 * no; Escape, Cancel and a closed window are a no as well.
 */
async function askInDialog(question: YesNoQuestion): Promise<boolean> {
  const { message, detail, yes } = questionText(question, vscode.l10n.t);
  const [refuse, allow] = [{ title: vscode.l10n.t("Don't Allow") }, { title: yes }];
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, refuse, allow);
  return answer === allow;
}
