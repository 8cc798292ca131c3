import type { Exchange } from "../stages.ts";

type TransferTimings = Exchange["timings"];

/** The parts of a transfer that are timed. */
export type Lap = Exclude<keyof TransferTimings, "total">;

/** Times consecutive laps; a lap that is entered twice adds up. */
export interface Stopwatch {
  /** Ends the lap under way and begins this one; nothing when it is under way already. */
  enter(lap: Lap): void;
  /** Ends the lap under way. */
  stop(): void;
  /** Milliseconds of each lap that was entered, null for the others. */
  read(): TransferTimings;
}

/** A stopwatch that runs from now on. `now` is a monotonic clock in milliseconds. */
export function startStopwatch(now: () => number): Stopwatch {
  const began = now();
  const laps = new Map<Lap, number>();
  let current: { readonly lap: Lap; readonly since: number } | null = null;
  let ended: number | null = null;
  const close = (at: number) => {
    if (current !== null) laps.set(current.lap, (laps.get(current.lap) ?? 0) + at - current.since);
    current = null;
  };
  return {
    enter(lap) {
      if (ended !== null || current?.lap === lap) return;
      const at = now();
      close(at);
      current = { lap, since: at };
    },
    stop() {
      ended ??= now();
      close(ended);
    },
    read: () => ({
      proxy: laps.get("proxy") ?? null,
      dns: laps.get("dns") ?? null,
      connect: laps.get("connect") ?? null,
      tls: laps.get("tls") ?? null,
      firstByte: laps.get("firstByte") ?? null,
      download: laps.get("download") ?? null,
      total: (ended ?? now()) - began,
    }),
  };
}
