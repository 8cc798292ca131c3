import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import type { Ask, Question } from "../questions.ts";

/** The two ends of a conversation. */
export interface Terminal {
  /** Opened when something is asked. */
  readonly input: () => Readable;
  readonly output: Writable;
}

/**
 * Asks on a terminal and takes nothing but a typed yes for one; a code is what was typed, and false for nothing.
 * @param terminal null where nobody can answer: every answer is no
 * @param inert makes text from files harmless on a terminal
 */
export function terminalAsk(
  terminal: Terminal | null,
  inert: (text: string) => string,
  signal: AbortSignal,
): Ask {
  return async (question) => {
    if (terminal === null) return false;
    const reader = createInterface({ input: terminal.input(), output: terminal.output });
    try {
      const isCode = question.kind === "mfa";
      const prompt = `${inert(questionText(question))} ${isCode ? "" : "[y/N] "}`;
      const answer = (await reader.question(prompt, { signal })).trim();
      if (isCode) return answer === "" ? false : answer;
      return /^y(?:es)?$/i.test(answer);
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    } finally {
      reader.close();
    }
  };
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

const valueNames = {
  include: "files that it includes",
  processEnv: "environment variables",
  privateEnvironment: "values of your private environment",
} as const;

/** What is asked, in words. */
export function questionText(question: Question): string {
  switch (question.kind) {
    case "approval":
      return approvalText(question);
    case "values":
      return [
        `${question.place} sends ${question.values.map((value) => valueNames[value]).join(" and ")}`,
        `  to ${question.host}`,
        "Send them there, now and later?",
      ].join("\n");
    case "process":
      return [
        `Profile "${question.profile}" gets its credentials from a program of its own,`,
        `  named at ${question.place} (SHA-256 ${question.hash.slice(0, 12)}…)`,
        "Run it, now and later?",
      ].join("\n");
    case "include":
      return [
        `${question.place} sends the contents of ${question.path},`,
        `  which is not read unasked: ${question.reason}`,
        "Read and send it this time?",
      ].join("\n");
    case "mfa":
      return [
        `Profile "${question.profile}" wants a second factor (${question.place})`,
        `  for role ${question.role}`,
        `Six digits of ${question.serial}:`,
      ].join("\n");
  }
}

function approvalText(question: Extract<Question, { kind: "approval" }>): string {
  const who = question.profile === null ? "the keys of the environment" : `profile "${question.profile}"`;
  const scope = [question.service, question.region].filter((part) => part !== null).join(", ");
  const lines = [
    `${question.place} wants to sign with ${who}`,
    ...(question.role === null ? [] : [`  as role ${question.role}`]),
    ...(question.account === null ? [] : [`  in account ${question.account}`]),
    `  ${question.method} to ${question.host}${scope === "" ? "" : ` (${scope})`}`,
    ...(question.connectTo === null ? [] : [`  connecting to ${question.connectTo}`]),
    question.remembered
      ? `Allow ${question.mutating ? "requests that change things" : "requests that read"} in ${question.folder}, now and later?`
      : "The profile is protected. Send this one request?",
  ];
  return lines.join("\n");
}
