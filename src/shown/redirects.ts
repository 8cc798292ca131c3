import type { Redactor } from "../guard/redactor.ts";
import type { ExchangeResponse } from "../stages.ts";

/** Longer URLs exist; the header itself has them whole. */
const longest = 2000;

/** Where an answer sends its reader, redacted: nobody goes there. Empty for what is no redirect. */
export function redirectTargets(
  { status, headers }: Pick<ExchangeResponse, "status" | "headers">,
  redactor: Redactor,
): readonly string[] {
  // 304 is no redirect, and 201 and 202 name what they have made.
  if (status < 300 || status > 399 || status === 304) return [];
  return headers
    .filter(([name]) => name.toLowerCase() === "location")
    .map(([name, value]) => redactor.field(name, value))
    .map((where) => (where.length > longest ? `${where.slice(0, longest)}…` : where));
}
