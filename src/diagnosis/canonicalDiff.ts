import { type CanonicalEcho, type CanonicalParts, canonicalParts } from "./canonicalEcho.ts";
import type { Cause } from "./causes.ts";
import type { SigningFacts } from "./diagnosisInput.ts";

/** The first line in which what was signed is not what arrived. */
export interface CanonicalDifference {
  readonly cause: Cause;
  /** `canonical path`, `header content-type`. */
  readonly part: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Compares what was signed with what the service echoes. `"same"` when every line is: then the secret is another one.
 * Null when there is nothing to compare.
 */
export function canonicalDifference(
  ours: SigningFacts,
  theirs: CanonicalEcho,
): CanonicalDifference | "same" | null {
  const [mine, echoed] = [ours.canonicalRequest, theirs.canonicalRequest].map((text) =>
    text === null ? null : canonicalParts(text),
  );
  if (mine == null || echoed == null) return null;
  const found = differenceOfParts(mine, echoed) ?? differenceOfScope(ours.stringToSign, theirs.stringToSign);
  return found ?? "same";
}

function differenceOfParts(ours: CanonicalParts, theirs: CanonicalParts): CanonicalDifference | null {
  if (!same(ours.path, theirs.path)) {
    const cause = /%3F/i.test(ours.path) && ours.query === "" ? "sig-query-in-path" : "sig-path-encoding";
    return { cause, part: "canonical path", ours: ours.path, theirs: theirs.path };
  }
  if (!same(ours.query, theirs.query))
    return { cause: "sig-query-encoding", part: "canonical query", ours: ours.query, theirs: theirs.query };
  const header = differenceOfHeaders(ours, theirs);
  if (header !== null) return header;
  return same(ours.payloadHash, theirs.payloadHash)
    ? null
    : {
        cause: "sig-body-changed",
        part: "payload hash",
        ours: ours.payloadHash,
        theirs: theirs.payloadHash,
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

function differenceOfHeaders(ours: CanonicalParts, theirs: CanonicalParts): CanonicalDifference | null {
  const [mine, echoed] = [new Map(ours.headers), new Map(theirs.headers)];
  const names = [...new Set([...mine.keys(), ...echoed.keys()])];
  for (const name of names) {
    const [own = "", their = ""] = [mine.get(name), echoed.get(name)];
    if (same(own, their)) continue;
    const cause = isJoined(own, their)
      ? "sig-duplicate-header"
      : (headerCauses.get(name) ?? "sig-header-mutated");
    const shown = (value: string) => (secretHeaders.has(name) ? "‹hidden›" : value);
    return { cause, part: `header ${name}`, ours: shown(own), theirs: shown(their) };
  }
  return null;
}

/** `a,a` for `a`: the header arrived twice. */
function isJoined(own: string, their: string): boolean {
  return own !== "" && their.split(",").length > 1 && their.split(",").every((part) => part.trim() === own);
}

function differenceOfScope(ours: string | null, theirs: string | null): CanonicalDifference | null {
  const [mine, echoed] = [ours, theirs].map((text) => text?.replaceAll("\r\n", "\n").split("\n") ?? []);
  const [, ownDate = "", ownScope = ""] = mine ?? [];
  const [, theirDate = "", theirScope = ""] = echoed ?? [];
  if (ownDate === "" || theirDate === "") return null;
  if (!same(ownDate, theirDate))
    return { cause: "sig-date-changed", part: "date", ours: ownDate, theirs: theirDate };
  if (same(ownScope, theirScope)) return null;
  const region = ownScope.split("/")[1] !== theirScope.split("/")[1];
  const cause = region ? "scope-wrong-region" : "scope-wrong-service";
  return { cause, part: "credential scope", ours: ownScope, theirs: theirScope };
}

/** What somebody masked before passing it on counts as equal. */
function same(ours: string, theirs: string): boolean {
  const masked = /REDACTED|\u2039|\*{3}|\u2026/;
  return ours === theirs || masked.test(ours) || masked.test(theirs);
}
