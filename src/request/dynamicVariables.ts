import type { UserError } from "../errors.ts";
import { formatDate, isDateUnit, shiftDate } from "./dateFormat.ts";
import { foreignDateTokens } from "./foreignDateTokens.ts";
import { suggester } from "./nearestName.ts";
import type { Fault, Reading } from "./problem.ts";
import type { RandomBytes } from "./random.ts";
import {
  digits,
  letters,
  randomAlphanumeric,
  randomCharacters,
  randomInteger,
  randomUuid,
} from "./random.ts";

/** Where the values of `{{$…}}` come from. */
export interface DynamicSources {
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
  /** Minutes east of UTC at a moment, for `$localDatetime`. */
  readonly utcOffset: (at: Date) => number;
  /** Reads one environment variable of the process; null where none may be read. */
  readonly processEnv: ((name: string) => string | undefined) | null;
  /** Why a request file may not read the variable of that name; null when it may. */
  readonly processEnvRefusal: (name: string) => UserError | null;
}

interface DynamicVariable {
  /** How it is written, for the message when it is written otherwise. */
  readonly usage: string;
  /** Null when the arguments have not this form. */
  readonly read: (args: string, sources: DynamicSources) => Reading<string> | null;
}

const longestRandomText = 1_000_000;

/** Upper bounds of random integers are exclusive, as in the tools that these variables come from. */
const dynamicVariables: ReadonlyMap<string, DynamicVariable> = new Map<string, DynamicVariable>([
  ["$guid", withoutArguments("$guid", (sources) => randomUuid(sources.randomBytes))],
  ["$uuid", withoutArguments("$uuid", (sources) => randomUuid(sources.randomBytes))],
  ["$isoTimestamp", withoutArguments("$isoTimestamp", (sources) => sources.now().toISOString())],
  ["$timestamp", { usage: "$timestamp [n unit]", read: readTimestamp }],
  ["$datetime", dateVariable("$datetime", () => 0)],
  ["$localDatetime", dateVariable("$localDatetime", (sources, at) => sources.utcOffset(at))],
  ["$randomInt", { usage: "$randomInt [MIN MAX]", read: integerReader(/^(-?\d{1,14}) +(-?\d{1,14})$/) }],
  [
    "$random.integer",
    {
      usage: "$random.integer([FROM, TO])",
      read: integerReader(/^\( *(-?\d{1,14}) *, *(-?\d{1,14}) *\)$/),
    },
  ],
  ["$random.uuid", withoutArguments("$random.uuid", (sources) => randomUuid(sources.randomBytes))],
  ["$random.alphanumeric", randomText("$random.alphanumeric", randomAlphanumeric)],
  ["$random.alphabetic", randomText("$random.alphabetic", charactersOf(letters))],
  ["$random.numeric", randomText("$random.numeric", charactersOf(digits))],
  ["$random.hexadecimal", randomText("$random.hexadecimal", charactersOf(`${digits}abcdef`))],
  ["$processEnv", { usage: "$processEnv NAME", read: readProcessEnv }],
]);

const laterVariables: ReadonlySet<string> = new Set(["$dotenv", "$cfn", "$ssm", "$account", "$region"]);

/** Reads the value of `$name arguments` or `$name(arguments)`, without the braces. */
export function readDynamicVariable(expression: string, sources: DynamicSources): Reading<string> {
  const name = /^\$[^\s(]*/.exec(expression)?.[0] ?? "";
  if (laterVariables.has(name)) return { fault: later(name) };
  const variable = dynamicVariables.get(name);
  if (variable === undefined) return { fault: unknown(name) };
  const reading = variable.read(expression.slice(name.length).trim(), sources);
  return reading ?? { fault: misused(name, variable.usage) };
}

/** `W_DATE_FORMAT` for a date whose format is written as in .NET, Java or strftime; null for any other variable. */
export function dateFormatFault(expression: string): Fault | null {
  const [, name = "", quoted = ""] = /^\$(datetime|localDatetime) +("[^"]*"|'[^']*')/.exec(expression) ?? [];
  const foreign = foreignDateTokens(quoted.slice(1, -1));
  if (foreign.length === 0) return null;
  const pairs = foreign.map(([written, meant]) => `\`${meant}\` for \`${written}\``).join(", ");
  const message = `The format of {{$${name}}} has letters that are no tokens of it or mean something else; write ${pairs}. Text stands in \`[brackets]\`.`;
  return { code: "W_DATE_FORMAT", message };
}

function withoutArguments(name: string, value: (sources: DynamicSources) => string): DynamicVariable {
  return { usage: name, read: (args, sources) => (args === "" ? { value: value(sources) } : null) };
}

function readTimestamp(args: string, { now }: DynamicSources): Reading<string> | null {
  const at = moved(now(), args);
  return at === null ? null : { value: String(Math.floor(at.getTime() / 1000)) };
}

function dateVariable(
  name: string,
  minutesAt: (sources: DynamicSources, at: Date) => number,
): DynamicVariable {
  return {
    usage: `${name} iso8601|rfc1123|"FORMAT" [n unit]`,
    read: (args, sources) => {
      const parts = /^(iso8601|rfc1123|"[^"]*"|'[^']*')(.*)$/.exec(args);
      const at = parts === null ? null : moved(sources.now(), parts[2] ?? "");
      if (parts === null || at === null) return null;
      const format = parts[1] ?? "";
      return { value: writeDate(format, at, minutesAt(sources, at), name === "$datetime") };
    },
  };
}

function writeDate(format: string, at: Date, minutes: number, isUtc: boolean): string {
  if (format === "iso8601") return isUtc ? at.toISOString() : formatDate(at, "YYYY-MM-DDTHH:mm:ssZ", minutes);
  if (format === "rfc1123") {
    return formatDate(at, `ddd, DD MMM YYYY HH:mm:ss ${isUtc ? "[GMT]" : "ZZ"}`, minutes);
  }
  return formatDate(at, format.slice(1, -1), minutes);
}

/** Applies `n unit`; the date itself for "", null for anything else. */
function moved(date: Date, shift: string): Date | null {
  const trimmed = shift.trim();
  if (trimmed === "") return date;
  const parts = /^([+-]?\d{1,15})[ \t]*([A-Za-z]{1,2})$/.exec(trimmed);
  const unit = parts?.[2] ?? "";
  return parts !== null && isDateUnit(unit) ? shiftDate(date, Number(parts[1]), unit) : null;
}

/** Where no bounds are given, as in the tools that these variables come from. */
const usualBound = 1000;

function integerReader(form: RegExp): DynamicVariable["read"] {
  return (args, { randomBytes }) => {
    if (/^(?:\( *\))?$/.test(args)) return { value: String(randomInteger(randomBytes, 0, usualBound)) };
    const parts = form.exec(args);
    const [min, max] = [Number(parts?.[1]), Number(parts?.[2])];
    if (parts === null || min >= max) return null;
    return { value: String(randomInteger(randomBytes, min, max)) };
  };
}

function randomText(
  name: string,
  draw: (randomBytes: RandomBytes, length: number) => string,
): DynamicVariable {
  return {
    usage: `${name}(LENGTH)`,
    read: (args, { randomBytes }) => {
      const length = Number(/^\( *(\d{1,7}) *\)$/.exec(args)?.[1]);
      if (!(length >= 1 && length <= longestRandomText)) return null;
      return { value: draw(randomBytes, length) };
    },
  };
}

function charactersOf(alphabet: string): (randomBytes: RandomBytes, length: number) => string {
  return (randomBytes, length) => randomCharacters(randomBytes, length, alphabet);
}

function readProcessEnv(name: string, sources: DynamicSources): Reading<string> | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return null;
  const refusal = sources.processEnvRefusal(name);
  if (refusal !== null) return { fault: refused(refusal) };
  if (sources.processEnv === null) return { fault: unread(name) };
  const value = sources.processEnv(name);
  if (value !== undefined) return { value };
  return {
    fault: {
      code: "E_PROCESS_ENV_UNSET",
      message: `The environment variable ${name} is not set; set it or pass --var.`,
    },
  };
}

function refused({ code, message, hint }: UserError): Fault {
  return { code, message: hint === undefined ? message : `${message} ${hint}` };
}

function unread(name: string): Fault {
  return {
    code: "E_PROCESS_ENV_REFUSED",
    message: `No environment variable is read here, so ${name} has no value; pass --var.`,
  };
}

function later(name: string): Fault {
  return {
    code: "E_VARIABLE_LATER",
    message: `{{${name}}} is part of the language, but this version cannot evaluate it; pass the value with --var or define it as a variable.`,
  };
}

const suggestionFor = suggester(dynamicVariables.keys());

function unknown(name: string): Fault {
  const suggestion = suggestionFor(name) || ".";
  return {
    code: "E_VARIABLE_UNKNOWN",
    message: `{{${name}}} is not a variable of this language${suggestion}`,
  };
}

function misused(name: string, usage: string): Fault {
  return {
    code: "E_VARIABLE_ARGUMENTS",
    message: `{{${name}}} does not take these arguments; write {{${usage}}}.`,
  };
}
