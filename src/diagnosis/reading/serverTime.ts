import type { Symptoms } from "./symptoms.ts";

/** Two clocks, in milliseconds since 1970. */
export interface TwoClocks {
  readonly ours: number;
  readonly server: number;
}

/** The time that a request bears and the server's own, as an answer about time gives them; null when it does not. */
export function clocksOf({ text, answer, header, request }: Symptoms): TwoClocks | null {
  const [, early, ofEarly] =
    /Signature expired: (\S+) is now earlier than \S+(?: \((\w+) - \d+ ?min)?/.exec(text) ?? [];
  const [, late, ofLate] =
    /Signature not yet current: (\S+) is still later than \S+(?: \((\w+) \+ \d+ ?min)?/.exec(text) ?? [];
  const dated = request.headers.find(([name]) => name.toLowerCase() === "x-amz-date")?.[1];
  const ours = timeOf(early ?? late ?? answer.fields.get("RequestTime") ?? dated);
  const server = timeOf(ofEarly ?? ofLate ?? answer.fields.get("ServerTime") ?? header("date"));
  return ours === null || server === null ? null : { ours, server };
}

/** `20150830T123600Z`, ISO 8601 or an HTTP date, in milliseconds since 1970; null for what is none. */
export function timeOf(text: string | undefined): number | null {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? "");
  const time =
    basic === null
      ? Date.parse(text ?? "")
      : Date.parse(`${basic[1]}-${basic[2]}-${basic[3]}T${basic[4]}:${basic[5]}:${basic[6]}Z`);
  return Number.isNaN(time) ? null : time;
}
