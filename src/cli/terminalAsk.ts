import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import type { Answer, Ask, Question, SendQuestion } from "../questions.ts";
import { dueText, inEnglish } from "../shown/dueText.ts";

/** The two ends of a conversation. */
export interface Terminal {
  /** Opened when something is asked. */
  readonly input: () => Readable;
  readonly output: Writable;
  /** Called for Ctrl-C, which is a key and no signal while a line is read. */
  readonly interrupt: () => void;
}

/**
 * Asks on a terminal and takes nothing but a typed yes for one; a code is what was typed, and false for nothing.
 * @param terminal null where nobody can answer: every answer is no
 * @param inert makes a line that holds names from files harmless on a terminal, and keeps it one line
 */
export function terminalAsk(
  terminal: Terminal | null,
  inert: (line: string) => string,
  signal: AbortSignal,
): Ask {
  return async (question) => {
    if (terminal === null) return false;
    const reader = createInterface({ input: terminal.input(), output: terminal.output });
    reader.on("SIGINT", terminal.interrupt);
    // The end of the input (Ctrl-D) is no answer.
    const ended = once(reader, "close").then(() => "");
    try {
      const [lines, choice] = questionLines(question);
      const prompt = `${[...lines.map(inert), choice].join("\n")} `;
      const typed = await Promise.race([reader.question(prompt, { signal }), ended]);
      return answerOf(question, typed.trim());
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return false;
      throw error;
    } finally {
      reader.close();
    }
  };
}

function answerOf(question: Question, typed: string): Answer {
  if (question.kind === "mfa") return typed === "" ? false : typed;
  const isYes = /^y(?:es)?$/i.test(typed);
  if (question.kind !== "send") return isYes;
  if (isYes) return "once";
  return question.remembers && /^a(?:lways)?$/i.test(typed) ? "folder" : false;
}

/**
 * Answers the first question for a code with the one that was given on the command line: a code is taken once, so later
 * questions go to the terminal.
 */
export function withMfaCode(code: string | undefined, ask: Ask): Ask {
  let left = code;
  return async (question) => {
    if (question.kind !== "mfa" || left === undefined) return ask(question);
    const given = left;
    left = undefined;
    return given;
  };
}

/** What is asked, a line each, and what can be typed. */
export function questionLines(question: Question): readonly [lines: readonly string[], choice: string] {
  switch (question.kind) {
    case "send":
      return sendLines(question);
    case "process":
      return [[`Run the program named at ${question.place} for profile "${question.profile}"?`], yesOrNo];
    case "include":
      return [
        [
          `${question.place} sends the contents of ${question.path},`,
          `  which is not read unasked: ${question.reason}`,
        ],
        `Read and send it this time? ${yesOrNo}`,
      ];
    case "mfa":
      return [
        [
          `Profile "${question.profile}" wants a second factor (${question.place})`,
          `  for role ${question.role}`,
          `  on the device ${question.serial}`,
        ],
        "Six digits:",
      ];
  }
}

const yesOrNo = "[y/N]";

function sendLines(question: SendQuestion): readonly [lines: readonly string[], choice: string] {
  const { message, lines, from, remembered } = dueText(question, inEnglish);
  return [
    [
      message,
      `  ${from}`,
      ...lines.map((line) => `  - ${line}`),
      ...(remembered === null ? [] : [`  always: ${remembered}; \`awsreq approvals\` takes it back`]),
    ],
    remembered === null ? "Yes, this time, or no? [y/N]" : "Yes, this time; always; or no? [y/a/N]",
  ];
}
