import { inertLine } from "../../guard/terminalText.ts";
import { dueText, type Translate } from "../../shown/dueText.ts";
import type { DialogQuestion } from "../trips/tripInput.ts";

/** A question as a dialog shows it. Everything comes from request files and is shown as plain text. */
export interface QuestionText {
  readonly message: string;
  readonly detail: string;
  /** The button for this one time. */
  readonly once: string;
  /** The button for this folder from now on; null when nothing would be remembered. */
  readonly folder: string | null;
}

/** What is asked, in words: who would sign, where it would go, which file says so, and how a yes is taken back. */
export function questionText(question: DialogQuestion, t: Translate): QuestionText {
  if (question.kind === "include")
    return {
      message: t("Read a file from outside the folder and send its contents?"),
      detail: [
        inertLine(t("{0} names {1}.", question.place, question.path)),
        inertLine(t("It is asked each time, because what lies outside {0} may change.", question.folder)),
      ].join("\n"),
      once: t("Send Once"),
      folder: null,
    };
  const { message, lines, from, remembered } = dueText(question, t);
  const once = question.sends ? t("Send Once") : t("Sign Once");
  const folder = t("Allow in This Folder");
  const meaning =
    remembered === null
      ? t("It is asked each time.")
      : t("“{0}” means: {1}. “awsreq: Approvals…” takes it back.", folder, remembered);
  const detail = [`${from}.`, "", ...lines.map((line) => `• ${line}.`), "", meaning];
  return {
    message: inertLine(message),
    detail: detail.map(inertLine).join("\n"),
    once,
    folder: remembered === null ? null : folder,
  };
}
