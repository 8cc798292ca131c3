import type { ComparedLine } from "../diagnosis/canonical/comparedLines.ts";
import type { Finding } from "../diagnosis/diagnose.ts";
import type { LookedAt } from "../diagnosis/passedStages.ts";
import type { DiagnosisInput } from "../diagnosis/reading/diagnosisInput.ts";
import { loadDoctor } from "../loadDoctor.ts";
import type { RequestBody } from "../requestBody.ts";
import { answeredText } from "../shown/answeredText.ts";
import type { ExchangeResponse, SigningTrace } from "../stages.ts";
import { dateOf, provenFixes, type TripText } from "./provenFixes.ts";
import type { Trip } from "./trip.ts";

/** Bytes of a body that are read: what a service says of a refusal stands at its beginning. */
const longest = 256 * 1024;

/** Statuses with which AWS refuses. */
const refusals: ReadonlySet<number> = new Set([301, 307, 400, 401, 403]);

/** Why an answer is a refusal, and what was signed beside what the service echoes. */
export interface TripDiagnosis {
  /** The best reading first. */
  readonly findings: readonly Finding[];
  /** Line by line; null when the service echoes nothing. Holds secrets. */
  readonly comparison: readonly ComparedLine[] | null;
  /** What the answer tells beside the best finding. */
  readonly lookedAt: readonly LookedAt[];
}

const nothing: TripDiagnosis = { findings: [], comparison: null, lookedAt: [] };

/**
 * Why the answer of a trip is a refusal. Nothing is found in other answers, nor in a proxy's.
 * @param source the text that it was made of; edits of it are tried before they are offered
 */
export async function diagnoseTrip(trip: Trip, source: TripText | null): Promise<TripDiagnosis> {
  const input = await refusalOf(trip);
  if (input === null) return nothing;
  const { diagnose, compare, echoed, lookedAt } = await loadDoctor();
  const findings = diagnose(input);
  const [best] = findings;
  if (best === undefined) return nothing;
  return {
    findings: await provenFixes(findings, trip, source, echoed(input)),
    comparison: compare(input),
    lookedAt: input.request.signed === true ? lookedAt(input, best) : [],
  };
}

async function refusalOf(trip: Trip): Promise<DiagnosisInput | null> {
  const response = trip.exchange?.response ?? null;
  if (response === null || response.answeredBy === "proxy" || !refusals.has(response.status)) return null;
  const body = await answeredText(response, longest);
  const { noRequestFacts } = await loadDoctor();
  return inputOf(trip, response, body, noRequestFacts);
}

/** It was signed just before it was sent, so that the answer's date tells what this machine's clock does. */
function offsetOf({ headers }: ExchangeResponse, trace: SigningTrace | null): number | null {
  const served = Date.parse(headers.find(([name]) => name.toLowerCase() === "date")?.[1] ?? "");
  const signed = trace === null ? Number.NaN : dateOf(trace.date).getTime();
  const offset = served - signed;
  return Number.isNaN(offset) ? null : offset;
}

function shortText(body: RequestBody): string | null {
  const isShort = body instanceof Uint8Array && body.length <= longest;
  return isShort ? new TextDecoder().decode(body) : null;
}

function inputOf(
  { signed, identity }: Trip,
  response: ExchangeResponse,
  body: string,
  nothing: DiagnosisInput["request"],
): DiagnosisInput {
  const trace = signed?.trace ?? null;
  return {
    status: response.status,
    headers: response.headers,
    body,
    service: trace?.scope.service ?? null,
    request: {
      ...nothing,
      ...(signed !== null && {
        method: signed.method,
        host: signed.target.host,
        path: signed.target.path,
        query: signed.target.query,
        headers: signed.headers.map(({ name, value }) => [name, value] as const),
        bodyBytes: signed.body.length,
        bodyText: shortText(signed.body),
        signed: trace !== null || signed.headers.some(({ name }) => name.toLowerCase() === "authorization"),
      }),
      region: trace?.scope.region ?? null,
      keyKind: identity?.credentials.accessKeyId.slice(0, 4) ?? null,
      sessionToken: identity === null ? null : identity.credentials.sessionToken !== undefined,
      signedHeaders: trace?.signedHeaders ?? [],
    },
    account: identity?.account ?? null,
    verification: null,
    clockOffset: offsetOf(response, trace),
    signing: {
      canonicalRequest: trace?.canonicalRequest ?? null,
      stringToSign: trace?.stringToSign ?? null,
    },
  };
}
