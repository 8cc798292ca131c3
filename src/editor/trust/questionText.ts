import type { OutsideValue } from "../../stages.ts";
import type { EditorQuestion, YesNoQuestion } from "../trips/tripInput.ts";

/** A question as a dialog shows it. Everything comes from request files and is shown as plain text. */
export interface QuestionText {
  readonly message: string;
  readonly detail: string;
  /** The one button beside Cancel. */
  readonly yes: string;
}

/** What is asked, in words: who would sign, where it would go, and which file says so. */
export function questionText(question: YesNoQuestion): QuestionText {
  switch (question.kind) {
    case "approval":
      return approvalText(question);
    case "values":
      return {
        message: `Send ${question.values.map((value) => valueWords[value]).join(" and ")} to ${question.host}?`,
        detail: lines([
          ["Request", question.place],
          ["Folder", question.folder],
          ["Remembered", "for this folder and host"],
        ]),
        yes: "Allow",
      };
    case "process":
      return {
        message: `Run the credential process of profile ${question.profile}?`,
        detail: lines([
          ["Written in", question.place],
          ["SHA-256 of the command", question.hash],
          ["Remembered", "for this command; a changed command is asked about again"],
        ]),
        yes: "Run",
      };
    case "include":
      return {
        message: "Read a file from outside the folder and send its contents?",
        detail: lines([
          ["File", question.path],
          ["Folder", question.folder],
          ["Request", question.place],
          ["Remembered", "not at all: it is asked each time"],
        ]),
        yes: "Allow",
      };
  }
}

const valueWords: Readonly<Record<OutsideValue, string>> = {
  include: "the contents of a file",
  processEnv: "an environment variable",
  privateEnvironment: "a value of the private environment",
};

type Approval = Extract<EditorQuestion, { readonly kind: "approval" }>;

function approvalText(question: Approval): QuestionText {
  const { profile, role, account, host, connectTo, method, mutating, region, service, remembered } = question;
  const who = profile === null ? "the keys of the environment" : `profile ${profile}`;
  return {
    message: `Sign with ${who} and send to ${host}?`,
    detail: lines([
      ["Host", host],
      ["Connects to", connectTo],
      ["Profile", profile ?? "(keys of the environment)"],
      ["Role", role],
      ["Account", account],
      ["Method", mutating ? `${method}, which may change things` : method],
      ["Signed for", [service, region].filter((part) => part !== null).join(" in ") || null],
      ["Request", question.place],
      ["Folder", question.folder],
      [
        "Remembered",
        remembered ? reachOf(mutating) : "not at all: the profile is protected, each change is asked about",
      ],
    ]),
    yes: "Allow",
  };
}

function reachOf(mutating: boolean): string {
  return mutating ? "for all methods" : "for methods that only read";
}

/** One line a fact. What would break out of its line or turn the text round is taken out. */
function lines(facts: readonly (readonly [label: string, value: string | null])[]): string {
  return facts
    .flatMap(([label, value]) =>
      value === null ? [] : [`${label}: ${value.replace(/[\p{Cc}\p{Cf}]/gu, "\u{fffd}")}`],
    )
    .join("\n");
}
