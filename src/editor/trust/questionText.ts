import type { OutsideValue } from "../../stages.ts";
import type { YesNoQuestion } from "../trips/tripInput.ts";

/** A question as a dialog shows it. Everything comes from request files and is shown as plain text. */
export interface QuestionText {
  readonly message: string;
  readonly detail: string;
  /** The one button beside Cancel. */
  readonly yes: string;
}

/** Translates a text and fills `{0}`, `{1}` in; `vscode.l10n.t`. */
export type Translate = (text: string, ...values: string[]) => string;

/** What is asked, in words: who would sign, where it would go, and which file says so. */
export function questionText(question: YesNoQuestion, t: Translate): QuestionText {
  switch (question.kind) {
    case "approval":
      return approvalText(question, t);
    case "values": {
      const values = question.values.map((value) => valueText(value, t)).join(t(" and "));
      return {
        message: inert(t("Send {0} to {1}?", values, question.host)),
        detail: lines([
          [t("Request"), question.place],
          [t("Folder"), question.folder],
          [t("Remembered"), t("for this folder and host")],
        ]),
        yes: t("Allow"),
      };
    }
    case "process":
      return {
        message: inert(t("Run the credential process of profile {0}?", question.profile)),
        detail: lines([
          [t("Written in"), question.place],
          [t("SHA-256 of the command"), question.hash],
          [t("Remembered"), t("for this command; a changed command is asked about again")],
        ]),
        yes: t("Run"),
      };
    case "include":
      return {
        message: t("Read a file from outside the folder and send its contents?"),
        detail: lines([
          [t("File"), question.path],
          [t("Folder"), question.folder],
          [t("Request"), question.place],
          [t("Remembered"), t("not at all: it is asked each time")],
        ]),
        yes: t("Allow"),
      };
  }
}

function valueText(value: OutsideValue, t: Translate): string {
  switch (value) {
    case "include":
      return t("the contents of a file");
    case "processEnv":
      return t("an environment variable");
    case "privateEnvironment":
      return t("a value of the private environment");
  }
}

type Approval = Extract<YesNoQuestion, { readonly kind: "approval" }>;

function approvalText(question: Approval, t: Translate): QuestionText {
  const { profile, role, account, host, connectTo, method, mutating, region, service } = question;
  const who = profile === null ? t("the keys of the environment") : t("profile {0}", profile);
  return {
    message: inert(t("Sign with {0} and send to {1}?", who, host)),
    detail: lines([
      [t("Host"), host],
      [t("Connects to"), connectTo],
      [t("Profile"), profile ?? t("(keys of the environment)")],
      [t("Role"), role],
      [t("Account"), account],
      [t("Method"), mutating ? t("{0}, which may change things", method) : method],
      [t("Signed for"), scopeText(service, region, t)],
      [t("Request"), question.place],
      [t("Folder"), question.folder],
      [t("Remembered"), reachText(question, t)],
    ]),
    yes: t("Allow"),
  };
}

function scopeText(service: string | null, region: string | null, t: Translate): string | null {
  if (service !== null && region !== null) return t("{0} in {1}", service, region);
  return service ?? region;
}

function reachText({ remembered, mutating }: Approval, t: Translate): string {
  if (!remembered) return t("not at all: the profile is protected, each change is asked about");
  return mutating ? t("for all methods") : t("for methods that only read");
}

/** One line a fact. */
function lines(facts: readonly (readonly [label: string, value: string | null])[]): string {
  return facts.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${inert(value)}`])).join("\n");
}

/** What would break out of its line or turn the text round is taken out. */
function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}");
}
