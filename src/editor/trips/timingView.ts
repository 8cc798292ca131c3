import type { Redactor } from "../../guard/redactor.ts";
import type { TimingView } from "../../page/view.ts";
import type { Field } from "../../stages.ts";
import type { Trip } from "../../trip/trip.ts";

/** Where the time went; null before anything took time. */
export function timingView(
  { timings, identity, signed, exchange }: Trip,
  redactor: Redactor,
): TimingView | null {
  if (signed === null) return null;
  const remote = exchange?.remoteAddress ?? null;
  const lines = signed.trace?.canonicalRequest.split("\n").length;
  return {
    timings,
    notes: {
      ...(identity === null ? {} : { credentials: identity.kind }),
      ...(lines === undefined ? {} : { sign: `SigV4, ${lines} lines, ${signed.body.length} B body` }),
      ...(remote === null ? {} : { connect: remote }),
    },
    connection: connectionRows(redactor.text(signed.target.authority), remote, exchange),
  };
}

function connectionRows(host: string, remote: string | null, exchange: Trip["exchange"]): readonly Field[] {
  const response = exchange?.response ?? null;
  return [
    ["Host", host],
    ...(remote === null ? [] : [["Connected to", remote] as const]),
    ...(response === null ? [] : [["Protocol", `HTTP/${response.httpVersion}`] as const]),
    ...(response?.answeredBy === "proxy" ? [["Answered by", "the proxy, not the host"] as const] : []),
  ];
}
