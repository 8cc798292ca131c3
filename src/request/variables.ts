import type { OutsideValue, Problem, Spanned, TextRange } from "../stages.ts";
import { byteSize } from "./byteSize.ts";
import { surrogateFault } from "./characters.ts";
import type { DynamicSources } from "./dynamicVariables.ts";
import { dateFormatFault, readDynamicVariable } from "./dynamicVariables.ts";
import type { Expansion, Piece } from "./expansion.ts";
import { suggester } from "./nearestName.ts";
import { percentEncode } from "./percentEncode.ts";
import { errorAt, warningAt } from "./problem.ts";
import type { Encoding, Token } from "./references.ts";
import { tokenize } from "./references.ts";
import type { Definition, DefinitionSources, Scope } from "./variableScopes.ts";
import { definitionBehind, scopesOf } from "./variableScopes.ts";

/** Where variables get their values, for one request. */
export type VariableSources = DefinitionSources & DynamicSources;

/** How deep variables may refer to variables, and how many bytes they may yield in one request. */
export interface ExpansionLimits {
  readonly depth: number;
  readonly bytes: number;
}

/** Expands the texts of one request and gathers what came up on the way. */
export interface Expander {
  /** Null when a variable has no value; the reason is then among `problems`. */
  readonly expand: (span: Spanned) => Expansion | null;
  readonly problems: readonly Problem[];
  readonly outsideValues: ReadonlySet<OutsideValue>;
  readonly privateValues: ReadonlySet<string>;
}

interface State {
  readonly sources: VariableSources;
  readonly limits: ExpansionLimits;
  readonly scopes: readonly Scope[];
  /** Values found so far: a defined variable is evaluated once per request. Null when it has none. */
  readonly values: Map<string, string | null>;
  /** Definitions that are being evaluated, by name. */
  readonly evaluating: Map<string, Definition>;
  readonly problems: Problem[];
  readonly outsideValues: Set<OutsideValue>;
  readonly privateValues: Set<string>;
  /** Variables whose whole value is the private environment's. */
  readonly privateNames: Set<string>;
  bytes: number;
  /** Made for the first name that nobody defines. */
  suggest?: (name: string) => string;
}

const usualLimits: ExpansionLimits = { depth: 10, bytes: 10 * 1024 * 1024 };

/** An expander for one request. What a variable means: `--var`, else its block, the file, the environment. */
export function createExpander(sources: VariableSources, limits: ExpansionLimits = usualLimits): Expander {
  const state: State = {
    sources,
    limits,
    scopes: scopesOf(sources),
    values: new Map(),
    evaluating: new Map(),
    problems: [],
    outsideValues: new Set(),
    privateValues: new Set(),
    privateNames: new Set(),
    bytes: 0,
  };
  return {
    expand: (span) => expandTokens(state, tokenize(span), null, []),
    problems: state.problems,
    outsideValues: state.outsideValues,
    privateValues: state.privateValues,
  };
}

/** @param at the place to blame when the text does not stand in the file; null to blame each reference itself */
function expandTokens(
  state: State,
  tokens: readonly Token[],
  at: TextRange | null,
  chain: readonly string[],
): Expansion | null {
  const pieces: Piece[] = [];
  let complete = true;
  for (const token of tokens) {
    const range = at ?? token.range;
    if (token.kind === "literal") {
      pieces.push({ text: token.text, range, literal: at === null });
      continue;
    }
    if (state.bytes > state.limits.bytes) return null;
    const text =
      token.kind === "unclosed" ? unclosed(state, range, chain) : referenceText(state, token, range, chain);
    if (text === null) complete = false;
    else pieces.push({ text, range, literal: false, ...privacyOf(state, token) });
  }
  return complete ? { text: pieces.map(({ text }) => text).join(""), pieces } : null;
}

function privacyOf({ privateNames }: State, token: Token): Pick<Piece, "isPrivate"> {
  const isPrivate =
    token.kind === "reference" && token.encoding === "none" && privateNames.has(token.expression);
  return isPrivate ? { isPrivate } : {};
}

function referenceText(
  state: State,
  token: Token & { readonly kind: "reference" },
  range: TextRange,
  chain: readonly string[],
): string | null {
  const value = evaluate(state, token.expression, range, chain);
  if (value === null) return null;
  const isEncoded = token.encoding === "percent";
  const fault = isEncoded ? surrogateFault(value, `The value of ${clip(token.expression)}`) : null;
  if (fault !== null) return fail(state, range, fault.code, fault.message);
  const text = writtenAs[token.encoding](value);
  const wasWithin = state.bytes <= state.limits.bytes;
  state.bytes += Buffer.byteLength(text);
  if (state.bytes <= state.limits.bytes) return text;
  if (!wasWithin) return null;
  return fail(
    state,
    range,
    "E_EXPANSION_SIZE",
    `The variables of this request expand to more than ${byteSize(state.limits.bytes)}; put large values in a file and include it with \`< path\`.`,
  );
}

const writtenAs: Readonly<Record<Encoding, (value: string) => string>> = {
  none: (value) => value,
  percent: percentEncode,
  json: (value) => JSON.stringify(value).slice(1, -1),
};

function evaluate(
  state: State,
  expression: string,
  range: TextRange,
  chain: readonly string[],
): string | null {
  if (expression.startsWith("$")) return evaluateDynamic(state, expression, range);
  const known = state.values.get(expression);
  if (known !== undefined) return known;
  const around = state.evaluating.get(expression);
  const isItself = chain.at(-1) === expression && around !== undefined;
  const definition = isItself
    ? definitionBehind(state.scopes, expression, around)
    : definitionOf(state, expression);
  if (definition === undefined && !isItself) return undefinedVariable(state, expression, range, chain);
  if (definition === undefined || (chain.includes(expression) && !isItself)) {
    return fail(state, range, "E_VARIABLE_LOOP", loopMessage(expression, chain));
  }
  if (chain.length >= state.limits.depth) {
    const message = `Variables refer to each other more than ${state.limits.depth} deep: ${[...chain, expression].join(" → ")}.`;
    return fail(state, range, "E_VARIABLE_DEPTH", message);
  }
  state.evaluating.set(expression, definition);
  const value = definitionText(state, definition, range, [...chain, expression]);
  if (around === undefined) state.evaluating.delete(expression);
  else state.evaluating.set(expression, around);
  if (!isItself) state.values.set(expression, value);
  return value;
}

function loopMessage(name: string, chain: readonly string[]): string {
  const loop = [...chain.slice(chain.indexOf(name)), name].join(" → ");
  const fix = chain.at(-1) === name ? ", or define it in the environment" : "";
  return `This variable refers to itself: ${loop}; break the loop${fix}.`;
}

function definitionOf(state: State, name: string): Definition | undefined {
  for (const { definitions } of state.scopes) {
    const definition = definitions.get(name);
    if (definition !== undefined) return definition;
  }
  return undefined;
}

function definitionText(
  state: State,
  definition: Definition,
  range: TextRange,
  chain: readonly string[],
): string | null {
  if (definition.kind === "text") return definition.text;
  if (definition.kind === "written") {
    const expansion = expandTokens(state, tokenize(definition.value), null, chain);
    const isPrivate = expansion?.pieces.every((piece) => piece.isPrivate) === true;
    if (isPrivate) notePrivateName(state, chain);
    // What its own name meant further out may have been private.
    else state.privateNames.delete(chain.at(-1) ?? "");
    return expansion?.text ?? null;
  }
  const tokens = tokenize({ text: definition.text, range });
  // Known before anything can fail: what is told of a failure may quote it.
  if (definition.isPrivate) notePrivate(state, definition.text, tokens);
  const value = expandTokens(state, tokens, range, chain)?.text ?? null;
  if (definition.isPrivate && tokens.every(({ kind }) => kind === "literal")) notePrivateName(state, chain);
  if (definition.isPrivate && value !== null) {
    state.outsideValues.add("privateEnvironment");
    if (value !== "") state.privateValues.add(value);
  }
  return value;
}

/** The variable that is being evaluated is the last of the chain. */
function notePrivateName({ privateNames }: State, chain: readonly string[]): void {
  const name = chain.at(-1);
  if (name !== undefined) privateNames.add(name);
}

/** The value as it is written, and what it refers to when nothing has that name: `pass{{word` may be no reference. */
function notePrivate(state: State, text: string, tokens: readonly Token[]): void {
  if (tokens.every(({ kind }) => kind === "literal")) return;
  state.privateValues.add(text);
  for (const token of tokens) {
    if (token.kind !== "reference" || token.expression.startsWith("$")) continue;
    if (definitionOf(state, token.expression) === undefined) state.privateValues.add(token.expression);
  }
}

function evaluateDynamic(state: State, expression: string, range: TextRange): string | null {
  const { value, fault } = readDynamicVariable(expression, state.sources);
  if (fault !== undefined) return fail(state, range, fault.code, fault.message);
  const date = dateFormatFault(expression);
  if (date !== null) state.problems.push(warningAt(range, date.code, date.message));
  if (expression.startsWith("$processEnv")) {
    state.outsideValues.add("processEnv");
    if (value !== "") state.privateValues.add(value);
  }
  return value;
}

function undefinedVariable(state: State, name: string, range: TextRange, chain: readonly string[]): null {
  if (/^[^\s.]+\.(?:response|request)(?:\.|$)/.test(name)) {
    const message =
      "Values of other requests (`{{name.response…}}`) cannot be used in this version yet; pass the value with --var or define it as a variable.";
    return fail(state, range, "E_VARIABLE_LATER", message);
  }
  state.suggest ??= suggester(comparedNames(state.scopes));
  const why = state.sources.environment.unset?.get(name);
  const suggestion = (why === undefined && state.suggest(name)) || ".";
  const via = chain.length === 0 ? "" : ` (needed by ${chain.join(" → ")})`;
  const labels = state.scopes.map(({ label }) => label).join(", ");
  return fail(
    state,
    range,
    "E_VARIABLE_UNKNOWN",
    `{{${clip(name)}}}${via} is not defined${suggestion} Looked in ${labels}.${why === undefined ? "" : ` ${why}`}`,
  );
}

/** More are not compared with a name that nobody defines: each of many requests may lack one. */
const mostCompared = 2000;

function* comparedNames(scopes: readonly Scope[]): Generator<string, void, void> {
  let compared = 0;
  for (const { definitions } of scopes) {
    for (const name of definitions.keys()) {
      if (compared === mostCompared) return;
      compared += 1;
      yield name;
    }
  }
}

function unclosed(state: State, range: TextRange, chain: readonly string[]): null {
  const message = `The value of ${chain.at(-1) ?? "this variable"} holds \`{{\` without \`}}\`; close it, or write \`\\{{\` for the braces.`;
  return fail(state, range, "E_VARIABLE_UNCLOSED", message);
}

function fail(state: State, range: TextRange, code: string, message: string): null {
  state.problems.push(errorAt(range, code, message));
  return null;
}

function clip(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
