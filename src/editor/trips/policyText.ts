import { loadDoctor } from "../../loadDoctor.ts";
import type { RequestBody } from "../../requestBody.ts";
import { redactorOf } from "../../shown/tripRedactor.ts";
import type { Trip } from "../../trip/trip.ts";

/**
 * A policy with the least statement that allows a trip's request, as JSON; null for a request that is not signed, and
 * for a service whose requests do not tell.
 */
export async function policyText(trip: Trip): Promise<string | null> {
  const { signed, identity } = trip;
  const trace = signed?.trace ?? null;
  if (signed === null || trace === null) return null;
  const { statementFor } = await loadDoctor();
  const { method, target, headers, body } = signed;
  const statement = statementFor({
    service: trace.scope.service,
    request: {
      method,
      host: target.host,
      path: target.path,
      query: target.query,
      region: trace.scope.region,
      headers: headers.map(({ name, value }) => [name, value] as const),
      bodyText: new TextDecoder().decode(bodyHead(body).subarray(0, largest)),
    },
    account: identity?.account ?? null,
  });
  const policy = { Version: "2012-10-17", Statement: [statement] };
  return statement && redactorOf(trip).text(JSON.stringify(policy, null, 2));
}

/** Bytes of a body in which an operation is looked for. */
const largest = 64 * 1024;

function bodyHead(body: RequestBody): Uint8Array {
  return body instanceof Uint8Array ? body : body.head;
}
