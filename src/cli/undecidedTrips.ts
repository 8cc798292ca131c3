import type { Trip } from "../trip/trip.ts";

/** Lines that are named before the others are only counted. */
const shown = 5;

/**
 * Trips as a person is told of them. That nothing says whether requests are signed is settled by one line for the whole
 * file: it is told of the first of them, which names the others.
 */
export function undecidedOnce<T extends Pick<Trip, "error" | "line">>(trips: readonly T[]): readonly T[] {
  const undecided = trips.filter(({ error }) => error?.code === "E_AUTH_UNDECIDED");
  const [first, ...others] = undecided;
  if (first === undefined || first.error === null || others.length === 0) return trips;
  const lines = others.slice(0, shown).map(({ line }) => String(line + 1));
  const more = others.length > shown ? ", …" : "";
  const count = others.length === 1 ? "one more request" : `${others.length} more requests`;
  const where = `(line${others.length === 1 ? "" : "s"} ${lines.join(", ")}${more})`;
  const message = `${first.error.message} The same holds for ${count} ${where}.`;
  const told = { ...first, error: { ...first.error, message } };
  return trips.filter((trip) => !others.includes(trip)).map((trip) => (trip === first ? told : trip));
}
