import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How many requests are sent one after the other: few in `npm test`, 500 in `npm run test:soak`. */
export const soakSends = Number(process.env["AWSREQ_SOAK"] ?? 60);

/** What may pile up in a process that sends many requests. */
export interface Standing {
  /** What keeps the process alive, by kind. */
  readonly handles: readonly string[];
  readonly listeners: number;
  /** Bytes in use when all that is not is collected. */
  readonly heap: number;
}

/** Bytes: what a soak may leave in memory; a body kept of each of 500 requests would be far more. */
export const heapGrowth = 25_000_000;

/** Takes it, without what the timers of the tests and of the program around them do. */
export function standing(): Standing {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const kinds = process
    .getActiveResourcesInfo()
    .filter((kind) => /TCP|TLS|Pipe|Process|DNS|GetAddr|Zlib|Worker/.test(kind));
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return { handles: kinds.sort(), listeners, heap: process.memoryUsage().heapUsed };
}

/** Handles that were not there before; those that were and have gone are the business of the program around the tests. */
export function added(before: Standing, now: Standing): readonly string[] {
  const left = [...before.handles];
  return now.handles.filter((kind) => {
    const at = left.indexOf(kind);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Waits until nothing is there that was not before: connections close a little after their answers. */
export async function isAsBefore(before: Standing): Promise<Standing> {
  for (let tries = 0; ; tries += 1) {
    const now = standing();
    if (added(before, now).length === 0 || tries === 50) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
