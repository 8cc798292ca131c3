import type { Problem, RequestTarget, TextRange } from "../stages.ts";
import type { Authority } from "./authority.ts";
import { looksLoopback, readAuthority } from "./authority.ts";
import { hiddenCharacterFault, lineBreakFault, surrogateFault } from "./characters.ts";
import { clipped } from "./clipped.ts";
import { encodeForTarget, forbiddenInTarget, percentEncode } from "./percentEncode.ts";
import type { Reading } from "./problem.ts";
import { errorAt, hintAt } from "./problem.ts";

/** A URL whose variables are expanded, and how to point at parts of it. */
export interface UrlText {
  readonly text: string;
  /** All of it. */
  readonly range: TextRange;
  /** The character at an offset of `text`. */
  readonly placeOf: (offset: number) => TextRange;
}

/** A target, or null with an error among `problems`. */
export interface TargetReading {
  readonly target: RequestTarget | null;
  readonly problems: readonly Problem[];
}

interface UrlParts {
  readonly scheme: string;
  readonly authority: string;
  /** Path, query and fragment as typed. */
  readonly rest: string;
  /** The scheme is a guess: none is written, and the host was. */
  readonly isGuessed?: true;
}

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ["https:", 443],
  ["http:", 80],
  ["wss:", 443],
  ["ws:", 80],
]);

/**
 * Takes a URL apart without rewriting it: `..`, `//`, `%2F` and every other byte go out as written. Only what may
 * not stand in a request target is percent-encoded, once. Without a scheme it is http to this machine, https elsewhere.
 * @param hostHeader the typed Host header, for a URL that begins with "/"; null when there is none
 */
export function readTarget(url: UrlText, hostHeader: string | null): TargetReading {
  const refuse = (code: string, message: string): TargetReading => ({
    target: null,
    problems: [errorAt(url.range, code, message)],
  });
  for (const check of [hiddenCharacterFault, lineBreakFault, surrogateFault]) {
    const fault = check(url.text, "The URL");
    if (fault !== null) return refuse(fault.code, fault.message);
  }
  const { value: parts, fault } = splitUrl(url.text, hostHeader);
  if (fault !== undefined) return refuse(fault.code, fault.message);
  const authority = readAuthority(parts.authority);
  if (authority.fault !== undefined) return refuse(authority.fault.code, authority.fault.message);
  const restStart = url.text.length - parts.rest.length;
  const target = { typed: url.text, ...place(parts.scheme, authority.value), ...pathAndQuery(parts.rest) };
  const hints = restHints(parts.rest, (offset) => url.placeOf(restStart + offset));
  return { target, problems: parts.isGuessed ? [guessedScheme(url, parts.scheme), ...hints] : hints };
}

function splitUrl(text: string, hostHeader: string | null): Reading<UrlParts> {
  if (text.startsWith("/")) return originForm(text, hostHeader);
  const written = /^([A-Za-z][A-Za-z0-9+.-]*:)\/\/([^/?#\\]*)(.*)$/s.exec(text);
  const scheme = written?.[1]?.toLowerCase() ?? "";
  if (written !== null && defaultPorts.has(scheme)) {
    const [, , authority = "", rest = ""] = written;
    if (!rest.startsWith("\\")) return { value: { scheme, authority, rest } };
    const message = "A backslash follows the host; paths are written with `/`.";
    return { fault: { code: "E_URL_AUTHORITY", message } };
  }
  const guessed = written === null ? withoutScheme(text) : null;
  if (guessed !== null) return { value: guessed };
  return { fault: { code: "E_URL_SCHEME", message: schemeMessage(text, written === null ? null : scheme) } };
}

/** `HOST[:PORT][/path]`; null for one label without a port: it may as well be a word, of a variable that is secret too. */
function withoutScheme(text: string): UrlParts | null {
  const [, authority = "", rest = ""] = /^([^/?#\\]*)(.*)$/s.exec(text) ?? [];
  const { value } = readAuthority(authority);
  if (value === undefined || rest.startsWith("\\")) return null;
  const isLoopback = looksLoopback(value.host);
  const isHost = isLoopback || value.port !== null || value.host.includes(".");
  return isHost ? { scheme: isLoopback ? "http:" : "https:", authority, rest, isGuessed: true } : null;
}

function guessedScheme({ placeOf }: UrlText, scheme: string): Problem {
  const why = scheme === "http:" ? "this machine is reached over" : "other machines are reached over";
  const message = `The URL does not say how to connect; ${why} ${scheme}//. Write ${scheme}// before it to say so.`;
  return hintAt(placeOf(0), "H_URL_SCHEME", message);
}

function originForm(text: string, hostHeader: string | null): Reading<UrlParts> {
  if (hostHeader === null) {
    const message = "The URL is only a path; write `https://` and the host before it, or add a Host header.";
    return { fault: { code: "E_URL_HOST", message } };
  }
  const { value } = readAuthority(hostHeader);
  const scheme = value !== undefined && looksLoopback(value.host) ? "http:" : "https:";
  return { value: { scheme, authority: hostHeader, rest: text } };
}

function schemeMessage(text: string, scheme: string | null): string {
  if (scheme !== null) return `${scheme}// is not a scheme that is spoken here; write https:// or http://.`;
  const start = /^[^/?#@]*/.exec(text)?.[0] ?? "";
  const { value } = readAuthority(start);
  if (value === undefined) return "The URL does not begin with https:// or http://.";
  const usual = looksLoopback(value.host) ? "http" : "https";
  return `The URL does not say how to connect; write \`${usual}://${clipped(start)}\`.`;
}

function place(scheme: string, { host, port }: Authority): Omit<RequestTarget, "typed" | "path" | "query"> {
  const usual = defaultPorts.get(scheme) ?? 443;
  const authority = port === null || port === usual ? host : `${host}:${port}`;
  return { scheme, host, port: port ?? usual, authority };
}

function pathAndQuery(rest: string): Pick<RequestTarget, "path" | "query"> {
  const sent = encodeForTarget(withoutFragment(rest));
  const mark = sent.indexOf("?");
  const path = mark < 0 ? sent : sent.slice(0, mark);
  return { path: path === "" ? "/" : path, query: mark < 0 ? null : sent.slice(mark + 1) };
}

function withoutFragment(rest: string): string {
  const hash = rest.indexOf("#");
  return hash < 0 ? rest : rest.slice(0, hash);
}

function restHints(rest: string, placeOf: (offset: number) => TextRange): readonly Problem[] {
  const hints: Problem[] = [];
  const sent = withoutFragment(rest);
  if (sent.length < rest.length) {
    const message =
      "The fragment from `#` on is not sent; write %23 if the `#` belongs to the path or the query.";
    hints.push(hintAt(placeOf(sent.length), "H_URL_FRAGMENT", message));
  }
  const percent = sent.search(/%(?![0-9A-Fa-f]{2})/);
  if (percent >= 0) {
    const message = "This `%` begins no escape and is sent as it is; write %25 for a percent sign.";
    hints.push(hintAt(placeOf(percent), "H_URL_PERCENT", message));
  }
  const forbidden = [...new Set(sent.match(forbiddenInTarget))];
  if (forbidden.length > 0) {
    const listed = forbidden.map((character) => `\`${character}\` as ${percentEncode(character)}`).join(", ");
    const message = `What no URL may hold is percent-encoded: ${listed} is sent; write it so to say so.`;
    hints.push(hintAt(placeOf(sent.search(forbiddenInTarget)), "H_URL_CHARACTER", message));
  }
  return hints;
}

/**
 * The target of a request that we sign: a `+` in the query, which every server reads as a space, becomes `%20`, so
 * that both sides sign the same. A hint stands on each place that wrote one.
 */
export function withoutPlus(
  target: RequestTarget,
  url: UrlText,
): { readonly target: RequestTarget; readonly problems: readonly Problem[] } {
  if (!target.query?.includes("+")) return { target, problems: [] };
  const message = "In a query this `+` means a space and is sent as %20; write %2B for a plus sign.";
  const places = new Map<string, TextRange>();
  const end = withoutFragment(url.text).length;
  let plus = url.text.indexOf("+", url.text.indexOf("?"));
  while (plus >= 0 && plus < end && places.size < mostHints) {
    const range = url.placeOf(plus);
    places.set(`${range.start.line}:${range.start.column}`, range);
    plus = url.text.indexOf("+", plus + 1);
  }
  return {
    target: { ...target, query: target.query.replaceAll("+", "%20") },
    problems: [...places.values()].map((range) => hintAt(range, "H_PLUS_IS_SPACE", message)),
  };
}

const mostHints = 20;
