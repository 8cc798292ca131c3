import { isActionName } from "./readingAction.ts";
import type { NamingProtocol } from "./serviceHosts.ts";

/** A place of the request that says, or to some reader may say, which operation is meant. */
export interface NamedAction {
  /** The operation, decoded as often as it was encoded; null when what stands there is no name. */
  readonly name: string | null;
  /** The protocol whose servers read it there, spelt as they read it; null for a spelling that another reader may accept. */
  readonly by: NamingProtocol | null;
  /** False when it had to be decoded again, or picked out of a list: one reader sees this name, another something else. */
  readonly plain: boolean;
}

/** What a request says of itself beside its method. */
export interface RequestClaims {
  readonly actions: readonly NamedAction[];
  /** A header or parameter that replaces the method for some servers, as a clause; null without one. */
  readonly override: string | null;
  /** Names of query parameters with their values, decoded once. */
  readonly query: readonly Parameter[];
}

/** A parameter of a query or form, decoded once. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** The parts that are read for claims. */
export interface ClaimingRequest {
  readonly path: string;
  readonly query: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Reads every place that may name an operation or replace the method.
 * @param body what of the body can be read as text
 * @param pathNames whether the path may name an operation: at services that are called by operations
 */
export function readClaims(request: ClaimingRequest, body: string, pathNames: boolean): RequestClaims {
  const inPath = request.path.indexOf("?");
  const queries = [request.query ?? "", inPath < 0 ? "" : request.path.slice(inPath + 1), body];
  const strict = queries.flatMap((text) => tellingParameters(text, /[^&]+/g));
  const loose = queries.flatMap((text) =>
    /[;\r\n]/.test(text) ? tellingParameters(text, /[^&;\r\n]+/g).filter(({ hasValue }) => hasValue) : [],
  );
  return {
    actions: [
      ...request.headers.flatMap(targetOf),
      ...strict.flatMap((parameter) => actionOf(parameter, "query")),
      ...loose.flatMap((parameter) => actionOf(parameter, null)),
      ...(pathNames ? operationOf(request.path) : []),
    ],
    override: overrideOf(request.headers, [...strict, ...loose]),
    query: (request.query ?? "").split("&").map(parameterOf),
  };
}

interface ReadParameter extends Parameter {
  readonly hasValue: boolean;
  /** Letters, digits, `_`, `-` and `$` of the name, small, however it was dressed up. */
  readonly bareName: string;
}

/** No name that is looked for is longer, three times encoded; no value that is a name is either. */
const maxLength = 400;

/** A request that names an operation more often than this is after something else. */
const maxFound = 100;

/** What a name that is looked for holds, or may hold once it is decoded. */
const telling = /action|method|verb|target|url|[^\0-\x24\x26-\x7e]|%/i;

/** The parameters whose names are looked for; of too many the first and the last ones, and one that is no name. */
function tellingParameters(text: string, segments: RegExp): readonly ReadParameter[] {
  const found: ReadParameter[] = [];
  let last: ReadParameter | null = null;
  for (const [segment] of text.matchAll(segments)) {
    const equals = segment.indexOf("=");
    const rawName = equals < 0 ? segment : segment.slice(0, equals);
    if (rawName.length > maxLength || !telling.test(rawName)) continue;
    const { name, value } = parameterOf(segment);
    const bareName = bare(name);
    if (!isLookedFor(bareName)) continue;
    last = { name, value, hasValue: equals >= 0, bareName };
    if (found.length < maxFound) found.push(last);
  }
  if (last === null || found.at(-1) === last) return found;
  return [...found, last, { name: "", value: "", hasValue: true, bareName: "action" }];
}

function isLookedFor(bareName: string): boolean {
  return (
    bareName === "action" || bareName === "x-amz-target" || bareName === "method" || isOverrideName(bareName)
  );
}

function parameterOf(segment: string): Parameter {
  const equals = segment.indexOf("=");
  if (equals < 0) return { name: decodeOnce(segment.slice(0, maxLength)), value: "" };
  const value = segment.slice(equals + 1, equals + 1 + maxLength);
  return { name: decodeOnce(segment.slice(0, Math.min(equals, maxLength))), value: decodeOnce(value) };
}

function bare(name: string): string {
  return decodeFully(name)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9_$-]/g, "");
}

function actionOf({ name, value, bareName }: ReadParameter, by: "query" | null): readonly NamedAction[] {
  if (bareName === "x-amz-target") return [namedBy(value.split(".").at(-1) ?? "", null)];
  if (bareName !== "action") return [];
  return [namedBy(value, name === "Action" ? by : null)];
}

function targetOf({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string;
}): readonly NamedAction[] {
  if (name.toLowerCase().replaceAll("_", "-") !== "x-amz-target") return [];
  const targets = value.split(",").map((target) => target.trim());
  return targets.map((target) => {
    const spelt = targets.length === 1 && !name.includes("_") && /^[\w.]+\.[A-Za-z0-9]+$/.test(target);
    const named = namedBy(target.split(/[.#]/).at(-1) ?? "", spelt ? "json" : null);
    return targets.length === 1 ? named : { ...named, plain: false };
  });
}

function operationOf(path: string): readonly NamedAction[] {
  const spelt = /^\/service\/\w+\/operation\/([A-Za-z0-9]+)$/.exec(path)?.[1];
  if (spelt !== undefined) return [namedBy(spelt, "cbor")];
  const other = /\/service\/+[^/]+\/+operation\/+([^/?;]+)/i.exec(decodeFully(path))?.[1];
  return other === undefined ? [] : [namedBy(other, null)];
}

/** A value that is no name as it stands may be one to a reader that decodes it again: it is judged, and trusted nowhere. */
function namedBy(value: string, by: NamingProtocol | null): NamedAction {
  if (isActionName(value)) return { name: value, by, plain: true };
  const again = decodeFully(value).trim();
  return { name: isActionName(again) ? again : null, by: null, plain: false };
}

const overrideName =
  /^(?:_method|\$httpmethod|_?(?:x-)?(?:original-)?http-?(?:method|verb)(?:-override)?|x-(?:original-)?(?:method|verb)(?:-override)?|x-(?:original|rewrite)-url)$/;

function overrideOf(
  headers: ClaimingRequest["headers"],
  parameters: readonly ReadParameter[],
): string | null {
  if (headers.some(({ name }) => isOverrideName(name.trim().toLowerCase())))
    return "a method override header";
  const overrides = parameters.some(
    ({ bareName, value }) =>
      isOverrideName(bareName) || (bareName === "method" && /^(?:post|put|patch|delete)$/i.test(value)),
  );
  return overrides ? "a method override parameter" : null;
}

/** Gateways write `_` for `-` in the names of headers, and the other way round. */
function isOverrideName(name: string): boolean {
  return overrideName.test(name) || overrideName.test(name.replaceAll("_", "-"));
}

function decodeOnce(text: string): string {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

/** Decodes up to three times more, `%uXXXX` included, as lenient readers do. */
function decodeFully(text: string): string {
  let decoded = text;
  for (let round = 0; round < 3 && decoded.includes("%"); round++) {
    decoded = decodeOnce(
      decoded.replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    );
  }
  return decoded;
}
