import type { Problem, Spanned } from "../stages.ts";
import { characterProblems, hiddenCharacterFault, surrogateFault, tokenPattern } from "./characters.ts";
import type { Line } from "./lines.ts";
import { endOfText, skipBlanks, spanOf, trimmedSpan } from "./lines.ts";
import { nearestName } from "./nearestName.ts";
import { placeholderHints } from "./placeholders.ts";
import { errorAt, hintAt, warningAt } from "./problem.ts";
import { blankOutsideReferences, unclosedReferences } from "./references.ts";

/** A request line and its continued query lines, as written. */
export interface RequestLine {
  readonly method: Spanned;
  readonly target: readonly Spanned[];
  readonly problems: readonly Problem[];
}

/** Methods that are sent in capitals however they are typed: no server means anything else by `get`. */
const standardMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];
const knownMethods = [...standardMethods, "CONNECT"];
const extensionMethods = ["PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH"];

/** First words that other tools give a meaning which is no HTTP method. */
const foreignWords: ReadonlyMap<string, string> = new Map([
  ["curl", "Commands of curl are not read from request files; write `METHOD URL` and the headers below it."],
  ["GRAPHQL", "GraphQL requests are not supported yet; write a POST with the query as JSON."],
  ["WEBSOCKET", "WebSocket requests are not supported yet."],
  ["WS", "WebSocket requests are not supported yet."],
  ["WSS", "WebSocket requests are not supported yet."],
  ["GRPC", "gRPC requests are not supported."],
  ["SSE", "`SSE` is not an HTTP method; write GET and `Accept: text/event-stream`."],
  ["MQTT", "MQTT requests are not supported."],
  ["AMQP", "AMQP requests are not supported."],
]);

/**
 * Reads `[METHOD] URL [HTTP/1.1]`.
 * @param line the request line
 * @param continued lines that continue its query
 */
export function readRequestLine(line: Line, continued: readonly Line[]): RequestLine {
  const start = skipBlanks(line.text, 0);
  const methodEnd = methodEndOf(line.text, start);
  const typed = spanOf(line, start, methodEnd);
  const method = methodEnd === start ? { text: "GET", range: typed.range } : inCapitals(typed);
  const written = [trimmedSpan(line, methodEnd), ...continued.map((more) => trimmedSpan(more))];
  const { target, problems } = withoutVersion(written);
  return {
    method,
    target,
    problems: [...problems, ...methodProblems(method, typed), ...targetProblems(target)],
  };
}

function inCapitals(typed: Spanned): Spanned {
  const text = typed.text.toUpperCase();
  return standardMethods.includes(text) ? { ...typed, text } : typed;
}

/** Where the method ends; `start` when the line begins with the URL. */
function methodEndOf(text: string, start: number): number {
  let end = start;
  while (end < text.length && text[end] !== " " && text[end] !== "\t") end++;
  const word = text.slice(start, end);
  if (!tokenPattern.test(word)) return start;
  const isAlone = skipBlanks(text, end) === text.length;
  return isAlone && !isKnown(word) ? start : end;
}

function isKnown(word: string): boolean {
  return knownMethods.includes(word.toUpperCase()) || foreignWords.has(word);
}

function methodProblems(method: Spanned, typed: Spanned): readonly Problem[] {
  if (typed.text !== "" && typed.text !== method.text) {
    const message = `\`${typed.text}\` is sent as ${method.text}; methods are written in capitals.`;
    return [hintAt(method.range, "H_METHOD_CASE", message)];
  }
  const foreign = foreignWords.get(method.text);
  if (foreign !== undefined) return [errorAt(method.range, "E_METHOD_LATER", foreign)];
  const upper = method.text.toUpperCase();
  if (knownMethods.includes(upper) || extensionMethods.includes(upper)) return [];
  const nearest = nearestName(upper, knownMethods);
  if (nearest === null) return [];
  return [
    warningAt(
      method.range,
      "W_METHOD_UNKNOWN",
      `\`${method.text}\` is sent as written, but is no usual method; did you mean \`${nearest}\`?`,
    ),
  ];
}

/** Takes `HTTP/1.1` off the end of the first line, or of the last when the query is continued. */
function withoutVersion(written: readonly Spanned[]): {
  readonly target: readonly Spanned[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const target = written.map((span, index) => {
    if (index !== 0 && index !== written.length - 1) return span;
    const version = /(?:^|[ \t])(HTTP\/\d{1,3}(?:\.\d{1,3})?)$/i.exec(span.text.slice(-24))?.[1];
    if (version === undefined) return span;
    const end = span.text.length - version.length;
    if (!/^HTTP\/1\.1$/i.test(version)) {
      problems.push(versionWarning(part(span, end, span.text.length), version));
    }
    return part(span, 0, endOfText(span.text, 0, end));
  });
  return { target: target.filter((span, index) => index === 0 || span.text !== ""), problems };
}

function versionWarning(span: Spanned, version: string): Problem {
  return warningAt(
    span.range,
    "W_HTTP_VERSION",
    `${version} is not spoken here; the request is sent as HTTP/1.1.`,
  );
}

function targetProblems(target: readonly Spanned[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [index, span] of target.entries()) {
    if (index === 0 && span.text === "") problems.push(missingTarget(span));
    problems.push(...characterProblems(span, "The URL", [hiddenCharacterFault, surrogateFault]));
    problems.push(...unclosedReferences(span));
    const blank = blankOutsideReferences(span.text);
    if (blank >= 0) problems.push(blankInTarget(part(span, blank, blank + 1)));
  }
  problems.push(...placeholderHints(target));
  return problems;
}

function missingTarget(span: Spanned): Problem {
  return errorAt(
    span.range,
    "E_URL_MISSING",
    "This request line has a method but no URL; write `GET https://example.com/path`.",
  );
}

function blankInTarget(span: Spanned): Problem {
  const code = span.text === "\t" ? "%09" : "%20";
  return warningAt(
    span.range,
    "W_URL_SPACE",
    `The URL holds a blank, which is sent as ${code}; write ${code} to say so.`,
  );
}

function part(span: Spanned, from: number, to: number): Spanned {
  const { line, column } = span.range.start;
  return {
    text: span.text.slice(from, to),
    range: { start: { line, column: column + from }, end: { line, column: column + to } },
  };
}
