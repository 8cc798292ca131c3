import * as vscode from "vscode";
import type { Answer, Question } from "../../questions.ts";
import type { DialogQuestion } from "../trips/tripInput.ts";
import { askForCode } from "./mfaBox.ts";
import { questionText } from "./questionText.ts";

/** Asks the person: a dialog for what is due, a box for a code. */
export async function askPerson(question: Question): Promise<Answer> {
  switch (question.kind) {
    case "mfa":
      return (await askForCode(question)) ?? false;
    case "process":
      // It is a line of the question that comes before it.
      return false;
    default:
      return askInDialog(question);
  }
}

/** Asks in a modal dialog. Cancel, Escape and a closed window are a no. */
async function askInDialog(question: DialogQuestion): Promise<Answer> {
  const { message, detail, once, folder } = questionText(question, vscode.l10n.t);
  const buttons = [once, ...(folder === null ? [] : [folder])];
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  if (answer === undefined) return false;
  if (question.kind === "include") return answer === once;
  return answer === once ? "once" : "folder";
}
