import { diagnose, type Finding } from "../../src/diagnosis/diagnose.ts";
import { noRequestFacts } from "../../src/diagnosis/reading/diagnosisInput.ts";
import type { Trip } from "../../src/trip/trip.ts";

/** Why a signed trip was refused; the doctor is asked directly, not loaded as a bundle. */
export async function findingsOf({ exchange, signed }: Trip): Promise<readonly Finding[]> {
  const response = exchange?.response ?? null;
  if (response === null || signed === null) throw new Error("there was no answer");
  return diagnose({
    status: response.status,
    headers: response.headers,
    body: new TextDecoder().decode(await response.body.slice(0, 64 * 1024)),
    service: signed.trace?.scope.service ?? null,
    request: {
      ...noRequestFacts,
      method: signed.method,
      host: signed.target.host,
      path: signed.target.path,
      signed: signed.trace !== null,
      region: signed.trace?.scope.region ?? null,
    },
    signing: { canonicalRequest: null, stringToSign: null },
    account: null,
    verification: null,
    clockOffset: null,
  });
}
