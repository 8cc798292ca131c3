import type { Finding } from "../diagnosis/diagnose.ts";
import type { Fix } from "../diagnosis/fixes/fix.ts";
import { changedText } from "../request/changedText.ts";
import { canBeWritten } from "../request/changeRequest.ts";
import { sign } from "../signing/sign.ts";
import { signingOptions } from "../signing/signingOptions.ts";
import type { RequestFile, ResolvedRequest, SigningTrace } from "../stages.ts";
import { changesOnly } from "./changesOnly.ts";
import type { Trip } from "./trip.ts";

/** The text that a trip was made of. */
export interface TripText {
  readonly text: string;
  /** Zero-based, of the request. */
  readonly line: number;
  /** The text, parsed, where it is at hand. */
  readonly file?: RequestFile;
}

/** What the service says that it would have signed. */
interface Echo {
  readonly canonicalRequest: string | null;
  readonly stringToSign: string | null;
}

type Edit = Extract<Fix, { kind: "edit" }>;

/**
 * Makes each proposed edit in the text, reads and resolves that anew, and signs it at the time at which it was signed.
 * An edit that does anything but what it says is not offered. One is proved when canonical request and string to sign
 * are then the service's own, byte for byte.
 * @param source null where the text is not known: nothing is proved then
 */
export async function provenFixes(
  findings: readonly Finding[],
  trip: Trip,
  source: TripText | null,
  echo: Echo,
): Promise<readonly Finding[]> {
  return Promise.all(
    findings.map(async (finding) => {
      const fixes = await Promise.all(finding.fixes.map((fix) => offered(fix, trip, source, echo)));
      return { ...finding, fixes: fixes.filter((fix) => fix !== null) };
    }),
  );
}

async function offered(fix: Fix, trip: Trip, source: TripText | null, echo: Echo): Promise<Fix | null> {
  if (fix.kind !== "edit") return fix;
  const told = { ...fix, proved: false };
  if (!canBeWritten(fix.change)) return null;
  if (source === null) return told;
  const changed = changedText(source.text, source.line, fix.change, source.file);
  if (changed === "refused") return null;
  // A variable of ours brings what it is told to bring; without the text there is nothing to be resolved.
  if (changed === "nowhere" || trip.again === undefined || expands(fix)) return told;
  const { request, auth } = await trip.again.prepare(changed.file, changed.block);
  if (request === null || trip.request === null) return null;
  if (!changesOnly(fix.change, { request: trip.request, auth: trip.auth }, { request, auth })) return null;
  return { ...fix, proved: isEchoed(await signedAgain(request, trip), echo) };
}

function expands({ change }: Edit): boolean {
  return change.kind === "header" && change.expands === true;
}

/** Null for what nobody signs, and for what cannot be signed so. */
async function signedAgain(request: ResolvedRequest, trip: Trip): Promise<SigningTrace | null> {
  const { identity, plan, again } = trip;
  const trace = trip.signed?.trace ?? null;
  if (trace === null || identity === null || plan === null || again === undefined) return null;
  const mode =
    trace.mode === "presign"
      ? ({ kind: "presign", expires: trace.expires } as const)
      : ({ kind: "iam" } as const);
  const date = dateOf(trace.date);
  try {
    const scope = again.scope(request, plan);
    const options = signingOptions(request, scope.service, mode, identity.credentials.expiration, date);
    return (await sign(request, identity.credentials, scope, options, date)).trace;
  } catch {
    // A change that cannot be signed proves nothing.
    return null;
  }
}

function isEchoed(trace: SigningTrace | null, { canonicalRequest, stringToSign }: Echo): boolean {
  return trace !== null && trace.canonicalRequest === canonicalRequest && trace.stringToSign === stringToSign;
}

/** `20150830T123600Z`. */
export function dateOf(date: string): Date {
  return new Date(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
