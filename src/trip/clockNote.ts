import type { Trip } from "./trip.ts";

/**
 * A sentence for a trip that was signed with another time than this machine's: never silently.
 * @param clockOffset milliseconds that were added to this machine's clock
 */
export function clockNote({ signed }: Pick<Trip, "signed">, clockOffset: number): string | null {
  if (clockOffset === 0 || signed?.trace == null) return null;
  const seconds = Math.round(Math.abs(clockOffset) / 1000);
  const way = clockOffset > 0 ? "after" : "before";
  return `Signed with the server's time, ${seconds} s ${way} this machine's clock.`;
}
