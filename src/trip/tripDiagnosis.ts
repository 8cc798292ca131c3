import type { ComparedLine } from "../diagnosis/comparedLines.ts";
import type { Finding } from "../diagnosis/diagnose.ts";
import type { DiagnosisInput } from "../diagnosis/diagnosisInput.ts";
import { loadDoctor } from "../loadDoctor.ts";
import type { ExchangeResponse } from "../stages.ts";
import type { Trip } from "./trip.ts";

/** Bytes of a body that are read: what a service says of a refusal stands at its beginning. */
const longest = 256 * 1024;

/** Statuses with which AWS refuses. */
const refusals: ReadonlySet<number> = new Set([301, 307, 400, 401, 403]);

/** Why the answer of a trip is a refusal, the best reading first. Empty for other answers, and for a proxy's. */
export async function diagnoseTrip(trip: Trip): Promise<readonly Finding[]> {
  const input = await refusalOf(trip);
  return input === null ? [] : (await loadDoctor()).diagnose(input);
}

/** What was signed beside what the service echoes, line by line; null when it echoes nothing. Holds secrets. */
export async function comparedTrip(trip: Trip): Promise<readonly ComparedLine[] | null> {
  const input = await refusalOf(trip);
  return input === null ? null : (await loadDoctor()).compare(input);
}

async function refusalOf(trip: Trip): Promise<DiagnosisInput | null> {
  const response = trip.exchange?.response ?? null;
  if (response === null || response.answeredBy === "proxy" || !refusals.has(response.status)) return null;
  const body = new TextDecoder().decode(await response.body.slice(0, longest));
  const { noRequestFacts } = await loadDoctor();
  return inputOf(trip, response, body, noRequestFacts);
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
        signed: trace !== null || signed.headers.some(({ name }) => name.toLowerCase() === "authorization"),
      }),
      region: trace?.scope.region ?? null,
      keyKind: identity?.credentials.accessKeyId.slice(0, 4) ?? null,
      sessionToken: identity === null ? null : identity.credentials.sessionToken !== undefined,
      signedHeaders: trace?.signedHeaders ?? [],
    },
    account: identity?.account ?? null,
    signing: {
      canonicalRequest: trace?.canonicalRequest ?? null,
      stringToSign: trace?.stringToSign ?? null,
    },
  };
}
