import { UserError } from "../errors.ts";

/** The longest time that a timer can keep. */
const longestDuration = 24 * 24 * 60 * 60 * 1000;

/** `30s`, `500ms`, `2m`, or plain seconds; in milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text);
  const unit = { ms: 1, s: 1000, m: 60_000 }[match?.[2] ?? "s"] ?? 1000;
  const milliseconds = Number(match?.[1]) * unit;
  if (!(milliseconds > 0 && milliseconds <= longestDuration))
    throw badValue("--timeout", text, "Write it as 30s, 500ms or 2m, at most 24 days.");
  return milliseconds;
}

/** Seconds, with a sign or without, at most a day; in milliseconds. */
export function parseOffset(text: string): number {
  const seconds = Number(text);
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text) && Math.abs(seconds) <= 86_400) return seconds * 1000;
  throw badValue("--clock-offset", text, "Give seconds, at most a day: 420, or --clock-offset=-420.");
}

/** `20150830T123600Z`, as X-Amz-Date has it. */
export function parseDate(text: string): Date {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const date = new Date(iso);
  const isExact = !Number.isNaN(date.getTime()) && date.toISOString() === iso.replace(/Z$/, ".000Z");
  if (!isExact) throw badValue("--at", text, "Write it as X-Amz-Date does: 20150830T123600Z (UTC).");
  return date;
}

/** Whole seconds from 1 to seven days. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 604_800) return seconds;
  throw badValue("--presign", text, "Give whole seconds from 1 to 604800 (seven days).");
}

/** `iam` or `none`. */
export function parseAuth(text: string): "iam" | "none" {
  if (text === "iam" || text === "none") return text;
  throw badValue("--auth", text, "Give iam to sign what no request speaks of, or none to send it unsigned.");
}

/** 0 (any free port) to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw badValue("--port", text, "Give a port from 1 to 65535, or 0 for any free one.");
}

/** `name=value`; the value may hold further "=". */
export function parseVariable(text: string): [name: string, value: string] {
  const equals = text.indexOf("=");
  // The text itself may be a secret with its name forgotten: it is not repeated.
  if (equals < 1)
    throw new UserError(usageDetail("--var takes NAME=VALUE.", "For example: --var stage=prod"));
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function badValue(option: string, text: string, hint: string): UserError {
  return new UserError(usageDetail(`${option} cannot be "${text}".`, hint));
}

function usageDetail(message: string, hint: string) {
  return { code: "E_USAGE", phase: "usage", message, hint } as const;
}
