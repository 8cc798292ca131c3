import * as vscode from "vscode";
import type { EditorQuestion } from "../trips/tripInput.ts";
import { questionText } from "./questionText.ts";

/** Asks in a modal dialog. Only a click on the button that says so is a yes; Escape, Cancel and a closed window are a no. */
export async function askInDialog(question: EditorQuestion): Promise<boolean> {
  const { message, detail, yes } = questionText(question);
  const button = { title: yes };
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
  return answer === button;
}
