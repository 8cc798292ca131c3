import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How many requests are sent one after the other: few in `npm test`, 500 in `npm run test:soak`. */
export const soakSends = Number(process.env["AWSREQ_SOAK"] ?? 60);

/** What may pile up in a process that sends many requests. */
export interface Standing {
  /** What keeps the process alive, by kind. */
  readonly handles: string;
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
  return { handles: kinds.sort().join(), listeners, heap: process.memoryUsage().heapUsed };
}

/** Waits until handles and listeners are as they were: connections close a little after their answers. */
export async function isAsBefore(before: Standing): Promise<Standing> {
  for (let tries = 0; ; tries += 1) {
    const now = standing();
    const isSame = now.handles === before.handles && now.listeners <= before.listeners;
    if (isSame || tries === 50) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
