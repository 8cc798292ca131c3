import { clocksOf, timeOf } from "../reading/serverTime.ts";
import type { Symptoms } from "../reading/symptoms.ts";
import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

/** Milliseconds that the answer's own clock and its Date header may differ by. */
const sameTime = 2 * 60_000;

/** When the request was signed, and what the server's clock said. */
export const clockRules: readonly Rule[] = [
  (symptoms) => {
    const match = /Signature expired: (\S+(?: \S+)?) is now earlier than \S+(?: \((\w+) - (\d+) ?min)?/.exec(
      symptoms.text,
    );
    if (match === null) return [];
    const offset = differenceText(match[2], match[1], "behind");
    const evidence = [quoted(match[0])];
    return clockOrStale("clock-behind", symptoms, evidence, offset);
  },
  saying(
    /Signature not yet current: (\S+(?: \S+)?) is still later than \S+(?: \((\w+) \+ (\d+) ?min)?/,
    "clock-ahead",
    95,
    ([, ours, theirs]) => differenceText(theirs, ours, "ahead").detail,
  ),
  skewOfS3,
  saying(/Request is not yet valid|RequestInTheFuture/, "clock-ahead", 85),
  unsaidSkew,
  requestExpired,
];

/** S3 says it of presigned URLs; EC2 and others of any request that is too old, or whose credentials ended. */
function requestExpired({ text, answer, hasCode, service, request }: Symptoms): readonly Verdict[] {
  const isUrls = answer.fields.has("X-Amz-Expires") && answer.fields.has("Expires");
  if (!/Request has expired/.test(text) && !isUrls) return [];
  const evidence = [quoted("Request has expired")];
  const isSigned = /X-Amz-Signature=|Signature=/.test(request.query ?? "");
  if (hasCode("RequestExpired") && service !== "s3" && !isUrls && !isSigned)
    return [
      { cause: "cred-expired-token", weight: 62, evidence },
      { cause: "clock-behind", weight: 60, evidence },
      { cause: "stale-signature", weight: 40, evidence },
    ];
  return [{ cause: "presign-expired", weight: 95, evidence }];
}

const missingClock =
  "The same is said of a wrong clock: whether this machine's was right when the request was sent would tell.";

/** Minutes that a service allows at most, and no answer says so. */
const window = 15 * 60_000;

/** Some services refuse a wrong time without a word of it: the request's date and the answer's tell. */
function unsaidSkew(symptoms: Symptoms): readonly Verdict[] {
  const { text, header, request } = symptoms;
  if (/Signature expired|not yet current|RequestTimeTooSkewed|expired/i.test(text)) return [];
  const target = `${request.path ?? ""}?${request.query ?? ""}`;
  const dated =
    request.headers.find(([name]) => name.toLowerCase() === "x-amz-date")?.[1] ??
    /X-Amz-Date=(\d{8}T\d{6}Z)/.exec(target)?.[1];
  const served = header("date") || /\bdate: (\w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} GMT)/i.exec(text)?.[1];
  const [ours, theirs] = [timeOf(dated), timeOf(served)];
  if (ours === null || theirs === null || Math.abs(ours - theirs) < windowOf(target)) return [];
  const evidence = ["the request's date and the answer's are far apart"];
  if (ours > theirs) return [{ cause: "clock-ahead", weight: 69, evidence }];
  return [
    { cause: "clock-behind", weight: 69, evidence },
    { cause: "stale-signature", weight: 55, evidence, detail: missingClock },
  ];
}

/** A presigned URL may be as old as it says. */
function windowOf(target: string): number {
  const seconds = Number(/X-Amz-Expires=(\d{1,7})/.exec(target)?.[1] ?? 0);
  return Math.max(window, seconds * 1000);
}

function skewOfS3(symptoms: Symptoms): readonly Verdict[] {
  const { hasCode, text, answer } = symptoms;
  const says = /difference between the request time and the current time is too large/;
  if (!hasCode("RequestTimeTooSkewed") && !says.test(text)) return [];
  const [ours, theirs] = [answer.fields.get("RequestTime"), answer.fields.get("ServerTime")];
  const evidence = [quoted(says.exec(text)?.[0] ?? "RequestTimeTooSkewed")];
  const offset = differenceText(theirs, ours, "from the server's");
  return clockOrStale("clock-skew-s3", symptoms, evidence, offset);
}

/** The same words for a wrong clock and for a signature that was used late: only more knowledge tells them apart. */
function clockOrStale(
  cause: "clock-behind" | "clock-skew-s3",
  symptoms: Symptoms,
  evidence: readonly string[],
  offset: { readonly detail?: string },
): readonly Verdict[] {
  const late = lateBecause(symptoms);
  if (late === null) {
    // Measured and wrong, or ahead of the server: then it is the clock. Else nobody can tell.
    const clocks = clocksOf(symptoms);
    const isAhead = clocks !== null && clocks.ours > clocks.server;
    const isMeasured = symptoms.clockOffset !== null || isAhead;
    return [
      { cause, weight: isMeasured ? 88 : 68, evidence, ...offset },
      { cause: "stale-signature", weight: isMeasured ? 30 : 55, evidence, detail: missingClock },
    ];
  }
  const { weight, reason } = late;
  return [
    { cause: "stale-signature", weight, evidence: [...evidence, reason] },
    { cause, weight: 60, evidence, ...offset },
  ];
}

/** Bytes of a body whose sending takes minutes. */
const largeBody = 20 * 1024 * 1024;

/** What speaks for a right clock. */
function lateBecause(symptoms: Symptoms): { readonly weight: number; readonly reason: string } | null {
  const { clockOffset, request, text } = symptoms;
  if (clockOffset !== null)
    return Math.abs(clockOffset) < sameTime ? { weight: 85, reason: "this machine's clock is right" } : null;
  const clocks = clocksOf(symptoms);
  const written = [...text.matchAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g)].map(([time]) =>
    Date.parse(time),
  );
  const isLogs = (time: number) =>
    clocks !== null && time !== clocks.server && Math.abs(time - clocks.server) < sameTime;
  const aroundIt = text.replace(/<(?:ServerTime|RequestTime)>[^<]*</g, "");
  if (written.some(isLogs) && /\d{4}-\d\d-\d\dT/.test(aroundIt))
    return { weight: 75, reason: "the log's own time is the server's" };
  return (request.bodyBytes ?? 0) >= largeBody
    ? { weight: 68, reason: "the body is large, and takes minutes to be sent" }
    : null;
}

/** How far two times of AWS are apart, in words; nothing when one cannot be read. */
function differenceText(
  server: string | undefined,
  ours: string | undefined,
  way: string,
): { readonly detail?: string } {
  const [there, here] = [timeOf(server), timeOf(ours)];
  if (there === null || here === null) return {};
  const minutes = Math.round(Math.abs(there - here) / 60_000);
  return { detail: `The request's time is ${minutes} min ${way}.` };
}
