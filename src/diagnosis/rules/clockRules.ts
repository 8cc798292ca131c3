import { quoted, type Rule, saying, type Verdict } from "../rule.ts";
import { timeOf } from "../serverTime.ts";
import type { Symptoms } from "../symptoms.ts";

/** Milliseconds that the answer's own clock and its Date header may differ by. */
const sameTime = 2 * 60_000;

/** When the request was signed, and what the server's clock said. */
export const clockRules: readonly Rule[] = [
  (symptoms) => {
    const match = /Signature expired: (\S+) is now earlier than \S+(?: \((\w+) - (\d+) ?min)?/.exec(
      symptoms.text,
    );
    if (match === null) return [];
    const offset = differenceText(match[2], match[1], "behind");
    const evidence = [quoted(match[0])];
    // The same words for a slow clock and for a signature that was used late: only more knowledge tells them apart.
    return [
      { cause: "clock-behind", weight: 80, evidence, ...offset },
      { cause: "stale-signature", weight: 55, evidence, detail: missingClock },
    ];
  },
  saying(
    /Signature not yet current: (\S+) is still later than \S+(?: \((\w+) \+ (\d+) ?min)?/,
    "clock-ahead",
    95,
    ([, ours, theirs]) => differenceText(theirs, ours, "ahead").detail,
  ),
  skewOfS3,
  ({ text, answer }) =>
    /Request has expired/.test(text) || (answer.fields.has("X-Amz-Expires") && answer.fields.has("Expires"))
      ? [{ cause: "presign-expired", weight: 95, evidence: [quoted("Request has expired")] }]
      : [],
];

const missingClock =
  "The same is said of a wrong clock: whether this machine's was right when the request was sent would tell.";

function skewOfS3({ hasCode, text, answer, header }: Symptoms): readonly Verdict[] {
  const says = /difference between the request time and the current time is too large/;
  if (!hasCode("RequestTimeTooSkewed") && !says.test(text)) return [];
  const [ours, theirs] = [answer.fields.get("RequestTime"), answer.fields.get("ServerTime")];
  const served = Date.parse(theirs ?? "");
  const agrees = Math.abs(served - Date.parse(header("date"))) < sameTime;
  const evidence = [quoted(says.exec(text)?.[0] ?? "RequestTimeTooSkewed")];
  return [
    { cause: "clock-skew-s3", weight: 80, evidence, ...differenceText(theirs, ours, "from the server's") },
    { cause: "stale-signature", weight: agrees ? 60 : 50, evidence, detail: missingClock },
  ];
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
