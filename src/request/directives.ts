import type { Directive, Problem, RequestSettings, TextRange } from "../stages.ts";
import { characterProblems, hiddenCharacterFault, surrogateFault } from "./characters.ts";
import type { Line } from "./lines.ts";
import { skipBlanks, spanOf, trimmedSpan } from "./lines.ts";
import { suggester } from "./nearestName.ts";
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
const laterDirectives = ["follow", "prompt", "save", "expect"] as const;

/** Directives that say whether a request is sent, and who is asked before. */
const runDirectives = ["confirm", "note", "disabled"] as const;

/** Directives of other tools for what is done here anyway: no redirect is followed, no cookie kept, no answer logged. */
const impliedDirectives = ["no-redirect", "no-cookie-jar", "no-log"] as const;

const once: ReadonlySet<string> = new Set(["name", ...Object.values(settingDirectives)]);
const later: ReadonlySet<string> = new Set(laterDirectives);
const expanded: ReadonlySet<string> = new Set([...once, ...later]);
const known: ReadonlySet<string> = new Set([...expanded, ...runDirectives, ...impliedDirectives]);

/** Whether a directive of this name means something here. */
export function isOurDirective(key: string): boolean {
  return known.has(key);
}

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

/**
 * `# @key value`, `// @key value` or `# @key = value`; null for a comment without a directive. With `=` it may as well be a
 * variable that was commented out: it is one unless the key is ours and the file defines no variable of that name.
 */
export function readDirective(line: Line, variables: ReadonlySet<string>): Directive | null {
  const { text } = line;
  const mark = skipBlanks(text, 0);
  const sign = skipBlanks(text, mark + (text[mark] === "#" ? 1 : 2));
  if (text[sign] !== "@") return null;
  let keyEnd = sign + 1;
  while (keyEnd < text.length && !" \t=".includes(text.charAt(keyEnd))) keyEnd++;
  if (keyEnd === sign + 1) return null;
  const next = skipBlanks(text, keyEnd);
  const key = spanOf(line, sign + 1, keyEnd);
  if (text[next] !== "=") return { key, value: trimmedSpan(line, keyEnd) };
  if (!known.has(key.text) || variables.has(key.text)) return null;
  return { key, value: trimmedSpan(line, next + 1) };
}

/** What is wrong or odd about the directives of one block, before their values are known. */
export function directiveProblems(directives: readonly Directive[]): readonly Problem[] {
  const problems: Problem[] = [];
  const last = new Map(directives.map((directive) => [directive.key.text, directive]));
  for (const directive of directives) {
    const { key, value } = directive;
    const checks = [hiddenCharacterFault, surrogateFault];
    problems.push(...characterProblems(key, "The directive", checks));
    if (expanded.has(key.text))
      problems.push(...characterProblems(value, `The value of @${key.text}`, checks));
    if (expanded.has(key.text) || key.text === "confirm") problems.push(...unclosedReferences(value));
    const standing = standingProblem(directive);
    if (standing !== null) problems.push(standing);
    if (once.has(key.text) && last.get(key.text) !== directive) problems.push(overridden(directive));
  }
  return problems;
}

const suggestionFor = suggester(known);

function standingProblem({ key, value }: Directive): Problem | null {
  if (later.has(key.text)) {
    return warningAt(
      key.range,
      "W_DIRECTIVE_LATER",
      `@${key.text} is part of the language, but this version does not act on it.`,
    );
  }
  if (key.text === "disabled" && !/^(?:|true|false)$/.test(value.text)) {
    return warningAt(
      value.range,
      "W_DISABLED_CONDITION",
      "A condition is not evaluated here: `--all` does not send this request. Write `# @disabled`, or delete the line.",
    );
  }
  if (!known.has(key.text)) {
    const suggestion = suggestionFor(key.text) || " and is ignored.";
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
