import type { Finding } from "../diagnosis/diagnose.ts";
import type { Fix } from "../diagnosis/fixes/fix.ts";
import { sign } from "../signing/sign.ts";
import { signingOptions } from "../signing/signingOptions.ts";
import type { Header, RequestChange, ResolvedRequest, SigningTrace } from "../stages.ts";
import type { Trip } from "./trip.ts";

/**
 * Signs the request again with each change that is proposed, at the time at which it was signed, and marks those with
 * which the canonical request is the service's own, byte for byte.
 * @param echoed the canonical request that the service computed
 */
export async function provenFixes(
  findings: readonly Finding[],
  trip: Trip,
  echoed: string,
): Promise<readonly Finding[]> {
  return Promise.all(
    findings.map(async (finding) => ({
      ...finding,
      fixes: await Promise.all(finding.fixes.map((fix) => provenFix(fix, trip, echoed))),
    })),
  );
}

async function provenFix(fix: Fix, trip: Trip, echoed: string): Promise<Fix> {
  if (fix.kind !== "edit") return fix;
  const again = await canonicalRequestWith(fix.change, trip);
  return { ...fix, proved: again !== null && again === echoed.replaceAll("\r\n", "\n") };
}

async function canonicalRequestWith(change: RequestChange, trip: Trip): Promise<string | null> {
  const { request, identity } = trip;
  const trace = trip.signed?.trace ?? null;
  if (request === null || identity === null || trace === null) return null;
  const { scope, changed } = changedRequest(change, request, trace);
  if (changed === null) return null;
  const date = dateOf(trace.date);
  const mode =
    trace.mode === "presign"
      ? ({ kind: "presign", expires: trace.expires } as const)
      : ({ kind: "iam" } as const);
  try {
    const options = signingOptions(changed, scope.service, mode, identity.credentials.expiration, date);
    const signed = await sign(changed, identity.credentials, scope, options, date);
    return signed.trace?.canonicalRequest ?? null;
  } catch {
    // A change that cannot be signed proves nothing.
    return null;
  }
}

function changedRequest(change: RequestChange, request: ResolvedRequest, { scope }: SigningTrace) {
  switch (change.kind) {
    case "header":
      return { scope, changed: { ...request, headers: changedHeaders(request.headers, change) } };
    case "target":
      return { scope, changed: changedTarget(request, change) };
    case "directive":
      // Of the directives only these two are tried: they change the scope alone.
      return {
        scope: change.value === null ? scope : { ...scope, [change.key]: change.value },
        changed: change.key === "region" || change.key === "service" ? request : null,
      };
  }
}

function changedHeaders(
  headers: readonly Header[],
  { name, value }: Extract<RequestChange, { kind: "header" }>,
): readonly Header[] {
  const isIt = (header: Header) => header.name.toLowerCase() === name.toLowerCase();
  if (value === null) return headers.filter((header) => !isIt(header));
  return headers.some(isIt)
    ? headers.map((header) => (isIt(header) ? { ...header, value, origin: "typed" as const } : header))
    : [...headers, { name, value, origin: "typed" as const }];
}

function changedTarget(
  request: ResolvedRequest,
  { from, to }: Extract<RequestChange, { kind: "target" }>,
): ResolvedRequest {
  const { target } = request;
  const changed = target.query?.includes(from)
    ? { query: target.query.replace(from, () => to) }
    : { path: target.path.replace(from, () => to) };
  return { ...request, target: { ...target, ...changed } };
}

/** `20150830T123600Z`. */
export function dateOf(date: string): Date {
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
