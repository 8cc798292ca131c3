import { withoutDateTokens } from "./dateFormat.ts";

/** Letters of the patterns of .NET, Java and strftime that are no token here, and what means the same. */
const meant: ReadonlyMap<string, string> = new Map([
  ["yyyy", "YYYY"],
  ["yyy", "YYYY"],
  ["yy", "YY"],
  ["y", "YYYY"],
  ["uuuu", "YYYY"],
  ["uu", "YY"],
  ["u", "YYYY"],
  ["dd", "DD"],
  ["d", "D"],
  ["EEEE", "dddd"],
  ["EEE", "ddd"],
  ["EE", "ddd"],
  ["E", "ddd"],
  ["LLLL", "MMMM"],
  ["LLL", "MMM"],
  ["LL", "MM"],
  ["L", "M"],
  ["S", "SSS"],
  ["SS", "SSS"],
  ["tt", "A"],
  ["t", "A"],
  ["K", "Z"],
  ["XXX", "Z"],
  ["XX", "ZZ"],
  ["zzz", "Z"],
  ["zz", "Z"],
  ["z", "Z"],
  ["SSSSSS", "SSS"],
  ["%Y", "YYYY"],
  ["%y", "YY"],
  ["%m", "MM"],
  ["%d", "DD"],
  ["%H", "HH"],
  ["%I", "hh"],
  ["%M", "mm"],
  ["%S", "ss"],
  ["%z", "ZZ"],
  ["%s", "X"],
]);

/**
 * What of a date's format is written as in other tools and goes out as text, or as something else, with what is meant:
 * `dd` with `DD`, `yyyy` with `YYYY`.
 */
export function foreignDateTokens(format: string): readonly (readonly [written: string, meant: string])[] {
  // Behind the last "]" no bracket is closed: to look for its end at each "[" would take quadratic time.
  const end = format.lastIndexOf("]") + 1;
  const text = format.slice(0, end).replace(/\[[^\]]*\]/g, " ") + format.slice(end);
  const found = new Map<string, string>();
  const note = (written: string) => {
    const token = meant.get(written) ?? (/^(?:f|F)+$/.test(written) ? "SSS" : undefined);
    if (token !== undefined) found.set(written, token);
  };
  for (const [written] of text.matchAll(/%[A-Za-z]/g)) note(written);
  if (found.size > 0) return [...found];
  for (const [run] of withoutDateTokens(text).matchAll(/([A-Za-z])\1*/g)) note(run);
  for (const [run] of text.matchAll(/X{2,3}|S{6}/g)) note(run);
  for (const [quoted, words = ""] of text.matchAll(/'([^']{1,20})'/g)) found.set(quoted, `[${words}]`);
  return [...found];
}
