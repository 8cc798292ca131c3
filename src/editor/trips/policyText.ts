import { loadDoctor } from "../../loadDoctor.ts";
import type { Trip } from "../../trip/trip.ts";

/**
 * A policy with the least statement that allows a trip's request, as JSON; null for a request that is not signed, and
 * for a service whose requests do not tell.
 */
export async function policyText({ signed, identity }: Trip): Promise<string | null> {
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
      bodyText: new TextDecoder().decode(body.subarray(0, largest)),
    },
    account: identity?.account ?? null,
  });
  return statement && JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}

/** Bytes of a body in which an operation is looked for. */
const largest = 64 * 1024;
