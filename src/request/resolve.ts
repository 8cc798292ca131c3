import type { IncludedFile } from "../requestBody.ts";
import type {
  HeaderLine,
  OutsideValue,
  Problem,
  RequestBlock,
  RequestFile,
  RequestSettings,
  RequestTarget,
  ResolvedRequest,
} from "../stages.ts";
import { readBodyBytes } from "./bodyBytes.ts";
import { unsupportedBodyForms } from "./bodyParts.ts";
import { settingDirectives } from "./directives.ts";
import type { DynamicSources } from "./dynamicVariables.ts";
import type { Environment } from "./environments.ts";
import type { ExpandedPart } from "./expandBody.ts";
import { expandBody } from "./expandBody.ts";
import { placeOf } from "./expansion.ts";
import { problemsOf, variablesFor } from "./fileParts.ts";
import type { HeadersReading, TypedHeader } from "./headers.ts";
import { expandHeaders, framingProblems, sentHeaders, typedHost } from "./headers.ts";
import { writtenKindOf } from "./mediaType.ts";
import { addProblems, byPlace, errorAt, hasError } from "./problem.ts";
import { confirmationsOf } from "./runDirectives.ts";
import { readSettings } from "./settings.ts";
import { settingValues } from "./settingValues.ts";
import type { UrlText } from "./target.ts";
import { readTarget, withoutPlus } from "./target.ts";
import type { Expander } from "./variables.ts";
import { createExpander } from "./variables.ts";

/** What the text of a request is resolved with. */
export interface ResolveContext extends DynamicSources {
  /** Base name of the request file, for sources such as `pets.awsreq:3`. */
  readonly fileName: string;
  /** Absolute path of the folder that includes are relative to. */
  readonly directory: string;
  /** `--var`. */
  readonly variables: ReadonlyMap<string, string>;
  readonly environment: Environment;
  /** Our own version, for User-Agent. */
  readonly version: string;
  /** Reads an included file by its absolute path; refuses with a UserError. */
  readonly readInclude: (path: string) => Promise<Uint8Array | IncludedFile>;
  /** Whether the request is going to be signed; a `+` in the query is then sent as `%20`. */
  readonly willSign: (
    draft: Pick<ResolvedRequest, "headers" | "target" | "settings" | "namesProfile" | "requestKeys">,
  ) => boolean;
}

/** A request, null exactly when one of the problems is an error. */
export interface Resolution {
  readonly request: ResolvedRequest | null;
  /** Those of `file.problems` that concern this request (the same objects), then those found on the way. */
  readonly problems: readonly Problem[];
  /** Name of the environment that was used; null when only `$shared` held. */
  readonly environment: string | null;
  /** What the problems may quote and nobody may see: known when there is no request, too. */
  readonly privateValues: readonly string[];
}

/**
 * Makes a request of its text: variables expanded, settings read, included files read, default headers added.
 * Text with errors is not resolved further; files are read only when everything else is right.
 * @throws only what `readInclude` throws beyond UserErrors and system errors, and what `willSign` throws
 */
export async function resolveRequest(
  file: RequestFile,
  block: RequestBlock,
  context: ResolveContext,
): Promise<Resolution> {
  const environment = context.environment.name;
  const problems = [...problemsOf(file, block)];
  if (hasError(problems)) return { request: null, problems, environment, privateValues: [] };
  const draft = expandRequest(file, block, context);
  const { privateValues } = draft;
  const request = await requestOf(block, draft, context, problems);
  return { request, problems, environment, privateValues };
}

/** @param problems gets those that are found on the way */
async function requestOf(
  block: RequestBlock,
  draft: Draft,
  context: ResolveContext,
  problems: Problem[],
): Promise<ResolvedRequest | null> {
  addProblems(problems, draft.problems);
  if (draft.target === null || hasError(problems)) return null;
  const body = await readBodyBytes(draft.body, context.directory, context.readInclude);
  addProblems(problems, body.problems);
  if (hasError(problems)) return null;
  const facts = { method: block.method.text, target: draft.target, bodyLength: body.bytes.length };
  addProblems(problems, framingProblems(draft.headers, facts));
  if (hasError(problems)) return null;
  const headers = sentHeaders(draft.headers, facts, context.version);
  const { settings, requestKeys } = draft;
  const isOwn = block.directives.some(({ key }) => key.text === settingDirectives.profile);
  const namesProfile = isOwn ? ({ namesProfile: true } as const) : {};
  const isSigned = context.willSign({
    headers,
    target: draft.target,
    settings,
    ...namesProfile,
    ...requestKeys,
  });
  const sent = isSigned ? withoutPlus(draft.target, draft.url) : { target: draft.target, problems: [] };
  addProblems(problems, sent.problems);
  return {
    name: block.name,
    title: block.title,
    line: block.method.range.start.line,
    method: block.method.text,
    target: sent.target,
    headers,
    body: body.bytes,
    settings,
    ...(draft.confirmations.length > 0 && { confirmations: draft.confirmations }),
    ...namesProfile,
    ...requestKeys,
    outsideValues: draft.outsideValues,
    privateValues: draft.privateValues,
  };
}

/** A request expanded as far as its text goes: nothing was read from outside. */
interface Draft {
  readonly settings: RequestSettings;
  readonly confirmations: readonly string[];
  readonly requestKeys: Pick<ResolvedRequest, "requestKeys">;
  readonly headers: readonly TypedHeader[];
  readonly url: UrlText;
  readonly target: RequestTarget | null;
  readonly body: readonly ExpandedPart[];
  readonly outsideValues: readonly OutsideValue[];
  readonly privateValues: readonly string[];
  readonly problems: readonly Problem[];
}

function expandRequest(file: RequestFile, block: RequestBlock, context: ResolveContext): Draft {
  const expander = expanderFor(file, block, context);
  const { settings, problems: settingsProblems } = readSettings(file, block, context.fileName, expander);
  const confirmations = confirmationsOf(file, block, expander);
  const { headers, problems: headerProblems, keys } = expandHeaders(block.headers, expander);
  const own = keysOf(keys, context.fileName);
  const url = expandUrl(block, expander);
  const reading = url === null ? null : readTarget(url, typedHost(headers));
  const facts = {
    contentType: contentTypeOf(headers),
    path: reading?.target?.path ?? null,
    reported: writtenKindOf(block.headers),
  };
  const body = expandBody(block.body, facts, expander);
  return {
    settings: { ...own.settings, ...settings },
    confirmations,
    requestKeys: own.requestKeys,
    headers,
    url: url ?? { text: "", range: block.method.range, placeOf: () => block.method.range },
    target: reading?.target ?? null,
    body: body.parts,
    outsideValues: outsideValuesOf(block, expander),
    privateValues: [...expander.privateValues, ...privateHeaderValues(headers, expander.privateValues)],
    problems: [
      ...expander.problems,
      ...settingsProblems,
      ...headerProblems,
      ...own.problems,
      ...(reading?.problems ?? []),
      ...body.problems,
      ...unsupportedBodyForms(headers.map(expandedLine)),
    ].sort(byPlace),
  };
}

interface KeysOfRequest {
  readonly requestKeys: Pick<ResolvedRequest, "requestKeys">;
  readonly settings: Pick<RequestSettings, "region" | "service">;
  readonly problems: readonly Problem[];
}

/** What a header with keys says: who signs, and for what where no directive does. */
function keysOf(keys: HeadersReading["keys"], fileName: string): KeysOfRequest {
  if (keys === null) return { requestKeys: {}, settings: {}, problems: [] };
  const { credentials, line } = keys;
  const source = `${fileName}:${line.name.range.start.line + 1}`;
  const said = (["region", "service"] as const).flatMap((key) => {
    const text = keys[key];
    return text === undefined ? [] : [{ key, ...settingValues[key](text) }];
  });
  return {
    requestKeys: { requestKeys: { credentials, source } },
    settings: Object.fromEntries(
      said.flatMap(({ key, value }) => (value === undefined ? [] : [[key, { value, source }]])),
    ),
    problems: said.flatMap(({ fault }) =>
      fault === undefined ? [] : [errorAt(line.value.range, fault.code, fault.message)],
    ),
  };
}

function expanderFor(file: RequestFile, block: RequestBlock, context: ResolveContext): Expander {
  return createExpander({
    ...context,
    overrides: context.variables,
    block: block.variables,
    file: variablesFor(file, block),
  });
}

function expandUrl(block: RequestBlock, expander: Expander): UrlText | null {
  const lines = block.target.map((span) => expander.expand(span));
  const pieces = lines.flatMap((line) => line?.pieces ?? []);
  const text = pieces.map((piece) => piece.text).join("");
  const [first, last] = [block.target[0], block.target.at(-1)];
  if (lines.includes(null) || first === undefined || last === undefined) return null;
  const range = { start: first.range.start, end: last.range.end };
  return { text, range, placeOf: (offset) => placeOf({ text, pieces }, offset) ?? range };
}

function contentTypeOf(headers: readonly TypedHeader[]): string | null {
  return headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? null;
}

function expandedLine({ name, value, line }: TypedHeader): HeaderLine {
  return { name: { ...line.name, text: name }, value: { ...line.value, text: value } };
}

/** What a private variable that is a whole header line gives to the header, apart from its name. */
function privateHeaderValues(headers: readonly TypedHeader[], known: ReadonlySet<string>): readonly string[] {
  return headers
    .filter(({ line, value }) => line.isVariable && [...known].some((text) => text.includes(value)))
    .map(({ value }) => value)
    .filter((value) => value !== "");
}

function outsideValuesOf(block: RequestBlock, expander: Expander): readonly OutsideValue[] {
  const hasInclude = block.body.some(({ kind }) => kind === "file");
  return [...(hasInclude ? (["include"] as const) : []), ...expander.outsideValues];
}
