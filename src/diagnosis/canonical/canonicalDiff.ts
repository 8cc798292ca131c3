import type { Cause } from "../causes/causes.ts";
import type { SigningFacts } from "../reading/diagnosisInput.ts";
import { type CanonicalEcho, type CanonicalParts, canonicalParts, canonicalText } from "./canonicalEcho.ts";
import { isEncodingOf } from "./encodings.ts";

/** The first part in which what was signed is not what arrived. */
export interface CanonicalDifference {
  readonly cause: Cause;
  readonly part: "path" | "query" | "header" | "payload hash" | "date" | "scope";
  /** Of a header, lower case. */
  readonly name: string | null;
  readonly ours: string;
  readonly theirs: string;
  /**
   * True when this part alone, written as it arrived, makes both strings equal byte for byte, and how it came to differ is
   * understood.
   */
  readonly proved: boolean;
}

/** Everything that was signed is what arrived; `proved` unless a part was masked before it was passed on. */
export interface CanonicalEquality {
  readonly cause: "sig-wrong-secret";
  readonly part: null;
  readonly proved: boolean;
}

/** Compares what was signed with what the service echoes. Null when there is nothing to compare. */
export function canonicalDifference(
  ours: SigningFacts,
  theirs: CanonicalEcho,
): CanonicalDifference | CanonicalEquality | null {
  const [mine, echoed] = [ours.canonicalRequest, theirs.canonicalRequest].map((text) =>
    text === null ? null : canonicalParts(text),
  );
  if (mine == null || echoed == null) return null;
  const found = differenceOfParts(mine, echoed) ?? differenceOfScope(ours.stringToSign, theirs.stringToSign);
  if (found !== null) return found;
  const isSame = isTextSame(mine, echoed) && ours.stringToSign !== null && theirs.stringToSign !== null;
  return { cause: "sig-wrong-secret", part: null, proved: isSame };
}

function differenceOfParts(ours: CanonicalParts, theirs: CanonicalParts): CanonicalDifference | null {
  if (!same(ours.path, theirs.path)) return pathDifference(ours, theirs);
  if (!same(ours.query, theirs.query)) return queryDifference(ours, theirs);
  return (
    headerDifference(ours, theirs) ??
    (same(ours.payloadHash, theirs.payloadHash)
      ? null
      : {
          cause: "sig-body-changed",
          part: "payload hash",
          name: null,
          ours: ours.payloadHash,
          theirs: theirs.payloadHash,
          proved: isTextSame({ ...ours, payloadHash: theirs.payloadHash }, theirs),
        })
  );
}

function pathDifference(ours: CanonicalParts, theirs: CanonicalParts): CanonicalDifference {
  const isWhole = /%3F/i.test(ours.path) && ours.query === "";
  const mended = { ...ours, path: theirs.path, query: isWhole ? theirs.query : ours.query };
  const isUnderstood = isWhole || isEncodingOf(ours.path, theirs.path);
  return {
    cause: isWhole ? "sig-query-in-path" : "sig-path-encoding",
    part: "path",
    name: null,
    ours: ours.path,
    theirs: theirs.path,
    proved: isUnderstood && isTextSame(mended, theirs),
  };
}

function queryDifference(ours: CanonicalParts, theirs: CanonicalParts): CanonicalDifference {
  const sorted = (query: string) => query.split("&").sort().join("&");
  const isUnderstood = isEncodingOf(sorted(ours.query), sorted(theirs.query));
  return {
    cause: "sig-query-encoding",
    part: "query",
    name: null,
    ours: ours.query,
    theirs: theirs.query,
    proved: isUnderstood && isTextSame({ ...ours, query: theirs.query }, theirs),
  };
}

const headerCauses: ReadonlyMap<string, Cause> = new Map<string, Cause>([
  ["host", "sig-host-mismatch"],
  ["content-type", "sig-content-type-changed"],
  ["content-length", "sig-content-length"],
  ["x-amz-date", "sig-date-changed"],
  ["date", "sig-date-changed"],
  ["x-amz-content-sha256", "sig-body-changed"],
]);

/** Compared as they are, and not shown. */
const secretHeaders: ReadonlySet<string> = new Set([
  "x-amz-security-token",
  "authorization",
  "cookie",
  "x-api-key",
]);

function headerDifference(ours: CanonicalParts, theirs: CanonicalParts): CanonicalDifference | null {
  const [mine, echoed] = [new Map(ours.headers), new Map(theirs.headers)];
  for (const name of new Set([...mine.keys(), ...echoed.keys()])) {
    const [own = "", their = ""] = [mine.get(name), echoed.get(name)];
    if (same(own, their)) continue;
    const cause = isJoined(own, their)
      ? "sig-duplicate-header"
      : (headerCauses.get(name) ?? "sig-header-mutated");
    const shown = (value: string) => (secretHeaders.has(name) ? "‹hidden›" : value);
    const headers = ours.headers.map(([found, value]) => [found, found === name ? their : value] as const);
    const proved = isTextSame({ ...ours, headers }, theirs);
    return { cause, part: "header", name, ours: shown(own), theirs: shown(their), proved };
  }
  return null;
}

/** `a,a` for `a`: the header arrived twice. */
function isJoined(own: string, their: string): boolean {
  return own !== "" && their.split(",").length > 1 && their.split(",").every((part) => part.trim() === own);
}

/** The canonical requests are the same here: what differs is when, or for what, it was signed. */
function differenceOfScope(ours: string | null, theirs: string | null): CanonicalDifference | null {
  const [mine, echoed] = [ours, theirs].map((text) => text?.replaceAll("\r\n", "\n").split("\n") ?? []);
  const [, ownDate = "", ownScope = ""] = mine ?? [];
  const [, theirDate = "", theirScope = ""] = echoed ?? [];
  if (ownDate === "" || theirDate === "") return null;
  if (!same(ownDate, theirDate))
    return differing("sig-date-changed", "date", ownDate, theirDate, ownScope === theirScope);
  if (same(ownScope, theirScope)) return null;
  const region = ownScope.split("/")[1] !== theirScope.split("/")[1];
  return differing(
    region ? "scope-wrong-region" : "scope-wrong-service",
    "scope",
    ownScope,
    theirScope,
    ownScope.split("/").filter((part, at) => part !== theirScope.split("/")[at]).length === 1,
  );
}

function differing(
  cause: Cause,
  part: CanonicalDifference["part"],
  ours: string,
  theirs: string,
  proved: boolean,
): CanonicalDifference {
  return { cause, part, name: null, ours, theirs, proved };
}

function isTextSame(ours: CanonicalParts, theirs: CanonicalParts): boolean {
  return canonicalText(ours) === canonicalText(theirs);
}

/** What somebody masked before passing it on counts as equal; it proves nothing. */
function same(ours: string, theirs: string): boolean {
  const masked = /REDACTED|\u2039|\*{3}|\u2026/;
  return ours === theirs || masked.test(ours) || masked.test(theirs);
}
