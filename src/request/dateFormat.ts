/** A date seen from a place: `minutes` east of UTC. */
interface LocalDate {
  readonly shifted: Date;
  readonly minutes: number;
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const tokens: ReadonlyMap<string, (date: LocalDate) => string> = new Map([
  ["YYYY", ({ shifted }) => pad(shifted.getUTCFullYear(), 4)],
  ["YY", ({ shifted }) => pad(shifted.getUTCFullYear() % 100)],
  ["MMMM", ({ shifted }) => months[shifted.getUTCMonth()] ?? ""],
  ["MMM", ({ shifted }) => (months[shifted.getUTCMonth()] ?? "").slice(0, 3)],
  ["MM", ({ shifted }) => pad(shifted.getUTCMonth() + 1)],
  ["M", ({ shifted }) => String(shifted.getUTCMonth() + 1)],
  ["DD", ({ shifted }) => pad(shifted.getUTCDate())],
  ["D", ({ shifted }) => String(shifted.getUTCDate())],
  ["dddd", ({ shifted }) => weekdays[shifted.getUTCDay()] ?? ""],
  ["ddd", ({ shifted }) => (weekdays[shifted.getUTCDay()] ?? "").slice(0, 3)],
  ["HH", ({ shifted }) => pad(shifted.getUTCHours())],
  ["H", ({ shifted }) => String(shifted.getUTCHours())],
  ["hh", ({ shifted }) => pad(shifted.getUTCHours() % 12 || 12)],
  ["h", ({ shifted }) => String(shifted.getUTCHours() % 12 || 12)],
  ["mm", ({ shifted }) => pad(shifted.getUTCMinutes())],
  ["m", ({ shifted }) => String(shifted.getUTCMinutes())],
  ["ss", ({ shifted }) => pad(shifted.getUTCSeconds())],
  ["s", ({ shifted }) => String(shifted.getUTCSeconds())],
  ["SSS", ({ shifted }) => pad(shifted.getUTCMilliseconds(), 3)],
  ["A", ({ shifted }) => (shifted.getUTCHours() < 12 ? "AM" : "PM")],
  ["a", ({ shifted }) => (shifted.getUTCHours() < 12 ? "am" : "pm")],
  ["ZZ", ({ minutes }) => zone(minutes, "")],
  ["Z", ({ minutes }) => zone(minutes, ":")],
  ["X", ({ shifted, minutes }) => String(Math.floor((shifted.getTime() - minutes * 60_000) / 1000))],
  ["x", ({ shifted, minutes }) => String(shifted.getTime() - minutes * 60_000)],
]);

const tokenPattern = /YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|SSS|A|a|ZZ|Z|X|x/g;

/** The same, and text in brackets. */
const bracketedPattern = new RegExp(`\\[([^\\]]*)\\]|${tokenPattern.source}`, "g");

/**
 * Writes a date by the usual tokens (`YYYY-MM-DD HH:mm:ss.SSS ZZ`, names in English); text in `[brackets]` stands
 * for itself.
 * @param minutes how far east of UTC the reader is
 */
export function formatDate(date: Date, format: string, minutes: number): string {
  const local: LocalDate = { shifted: new Date(date.getTime() + minutes * 60_000), minutes };
  const written = (token: string) => tokens.get(token)?.(local) ?? token;
  // Behind the last "]" no bracket is closed: to look for its end at each "[" would take quadratic time.
  const end = format.lastIndexOf("]") + 1;
  const bracketed = format
    .slice(0, end)
    .replace(bracketedPattern, (token, literal: string | undefined) => literal ?? written(token));
  return bracketed + format.slice(end).replace(tokenPattern, written);
}

/**
 * Letters of a format that stand for themselves here and for a part of the date in .NET and Java: `yyyy`, `dd`, `fff`,
 * `tt`. Empty for a format that means what it says.
 */
export function foreignDateTokens(format: string): readonly string[] {
  const end = format.lastIndexOf("]") + 1;
  const text = format.slice(0, end).replace(/\[[^\]]*\]/g, " ") + format.slice(end);
  const known = new RegExp(tokenPattern.source, "g");
  return text.replace(known, " ").match(/y+|d+|f+|F+|tt|EEE+|u{4}/g) ?? [];
}

const milliseconds: ReadonlyMap<string, number> = new Map([
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
]);

/** Units of `[n unit]`: y M w d h m s ms. */
export function isDateUnit(unit: string): boolean {
  return unit === "y" || unit === "M" || milliseconds.has(unit);
}

/**
 * Moves a date by `count` units. Months and years keep the day where the month has it, else its last day.
 * @returns null when no calendar reaches there
 */
export function shiftDate(date: Date, count: number, unit: string): Date | null {
  const moved =
    unit === "y" || unit === "M"
      ? shiftMonths(date, unit === "y" ? count * 12 : count)
      : new Date(date.getTime() + count * (milliseconds.get(unit) ?? Number.NaN));
  return Number.isNaN(moved.getTime()) ? null : moved;
}

function shiftMonths(date: Date, count: number): Date {
  const moved = new Date(date);
  moved.setUTCMonth(moved.getUTCMonth() + count);
  if (moved.getUTCDate() !== date.getUTCDate()) moved.setUTCDate(0);
  return moved;
}

function zone(minutes: number, colon: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}${colon}${pad(size % 60)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
