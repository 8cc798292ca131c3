import type { Directive, Problem, RequestSettings, TextRange } from "../stages.ts";
import { characterProblems, hiddenCharacterFault, surrogateFault } from "./characters.ts";
import type { Line } from "./lines.ts";
import { skipBlanks, spanOf, trimmedSpan } from "./lines.ts";
import { didYouMean } from "./nearestName.ts";
import { warningAt } from "./problem.ts";
import { unclosedReferences } from "./references.ts";

/** The directive that each setting is written with. */
export const settingDirectives = {
  auth: "auth",
  profile: "profile",
  role: "role",
  externalId: "external-id",
  sessionName: "session-name",
  account: "account",
  region: "region",
  service: "service",
  payload: "payload",
  connectTo: "connect-to",
  timeout: "timeout",
} as const satisfies Record<keyof RequestSettings, string>;

/** Directives of the language that this version reads but does not act on. */
const laterDirectives = ["follow", "confirm", "prompt", "save", "expect"] as const;

const once: ReadonlySet<string> = new Set(["name", ...Object.values(settingDirectives)]);
const later: ReadonlySet<string> = new Set(laterDirectives);
const known: readonly string[] = [...once, ...later];

const settings: ReadonlySet<string> = new Set(Object.values(settingDirectives));

/** True for a directive that may hold for a whole file; what it says of one request alone (`@name`, …) never does. */
export function isSetting({ key }: Directive): boolean {
  return settings.has(key.text);
}

/** True for a line that is a comment or a directive: its first characters are `#` or `//`. */
export function isComment(text: string): boolean {
  const start = skipBlanks(text, 0);
  return text[start] === "#" || text.startsWith("//", start);
}

/** `# @key value`, `// @key value` or `# @key = value`; null for a comment without a directive. */
export function readDirective(line: Line): Directive | null {
  const { text } = line;
  const mark = skipBlanks(text, 0);
  const sign = skipBlanks(text, mark + (text[mark] === "#" ? 1 : 2));
  if (text[sign] !== "@") return null;
  let keyEnd = sign + 1;
  while (keyEnd < text.length && !" \t=".includes(text.charAt(keyEnd))) keyEnd++;
  if (keyEnd === sign + 1) return null;
  const next = skipBlanks(text, keyEnd);
  return {
    key: spanOf(line, sign + 1, keyEnd),
    value: trimmedSpan(line, text[next] === "=" ? next + 1 : keyEnd),
  };
}

/** What is wrong or odd about the directives of one block, before their values are known. */
export function directiveProblems(directives: readonly Directive[]): readonly Problem[] {
  const problems: Problem[] = [];
  const last = new Map(directives.map((directive) => [directive.key.text, directive]));
  for (const directive of directives) {
    const { key, value } = directive;
    const checks = [hiddenCharacterFault, surrogateFault];
    problems.push(...characterProblems(key, "The directive", checks));
    if (known.includes(key.text)) {
      problems.push(...characterProblems(value, `The value of @${key.text}`, checks));
      problems.push(...unclosedReferences(value));
    }
    const standing = standingProblem(directive);
    if (standing !== null) problems.push(standing);
    if (once.has(key.text) && last.get(key.text) !== directive) problems.push(overridden(directive));
  }
  return problems;
}

function standingProblem({ key, value }: Directive): Problem | null {
  if (later.has(key.text)) {
    return warningAt(
      key.range,
      "W_DIRECTIVE_LATER",
      `@${key.text} is part of the language, but this version does not act on it.`,
    );
  }
  if (!once.has(key.text)) {
    const suggestion = didYouMean(key.text, known) || " and is ignored.";
    return warningAt(
      key.range,
      "W_DIRECTIVE_UNKNOWN",
      `@${key.text} is not a directive of this language${suggestion}`,
    );
  }
  if (key.text === "name" && value.text === "") {
    return warningAt(key.range, "W_NAME_EMPTY", "@name has no value; write `# @name list-pets`.");
  }
  return null;
}

function overridden({ key }: Directive): Problem {
  return warningAt(key.range, "W_DIRECTIVE_TWICE", `@${key.text} is given again below; the last one holds.`);
}

/** The whole of a directive, from its key to the end of its value. */
export function directiveRange({ key, value }: Directive): TextRange {
  return value.text === "" ? key.range : { start: key.range.start, end: value.range.end };
}
