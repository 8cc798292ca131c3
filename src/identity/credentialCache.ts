import type { Credentials } from "../stages.ts";
import { cancelled } from "./cancellation.ts";

/** Credentials of the last step of a plan, and the name of its session when it assumed a role. */
export interface PlanResult {
  readonly credentials: Credentials;
  readonly sessionName: string | null;
}

/** Who AWS says that somebody is. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** Keeps in memory what processes, STS and metadata gave, so that nobody is asked twice. Nothing of it is ever written. */
export interface CredentialCache {
  /**
   * What is kept under the key while it is good for five minutes more, else what `get` gives. All who ask for the same
   * key at the same time wait for one `get`; it is called off when none of them waits any more.
   * @param key the same for the same plan only
   * @throws whatever `get` throws, UserError `E_CANCELLED` when `signal` aborts
   */
  credentials(key: string, now: () => Date, signal: AbortSignal, get: GetCredentials): Promise<PlanResult>;
  /** What is kept under the key and not expired, or null. */
  peek(key: string, now: Date): PlanResult | null;
  /** What STS said of the key, or null while it was not asked or did not say. */
  caller(accessKeyId: string): CallerIdentity | null;
  keepCaller(accessKeyId: string, caller: CallerIdentity): void;
  /** Forgets everything; what is under way is not kept. */
  clear(): void;
}

type GetCredentials = (signal: AbortSignal) => Promise<PlanResult>;

/** Milliseconds before their end in which credentials are renewed. */
export const renewBefore = 5 * 60_000;

/** Milliseconds for which credentials are kept that do not say when they end: whoever gave them may give others by then. */
const keptWithoutEnd = 15 * 60_000;

interface Kept {
  readonly result: PlanResult;
  /** Milliseconds since 1970. */
  readonly renewAt: number;
}

interface Flight {
  readonly promise: Promise<PlanResult>;
  /** Calls it off; who asks after that starts another. */
  readonly abandon: () => void;
  waiting: number;
}

/** An empty cache, for as long as whoever holds it lives. */
export function createCredentialCache(): CredentialCache {
  const kept = new Map<string, Kept>();
  const flights = new Map<string, Flight>();
  const callers = new Map<string, CallerIdentity>();
  const start = (key: string, now: () => Date, get: GetCredentials): Flight => {
    const controller = new AbortController();
    const promise = get(controller.signal).then((result) => {
      // A cleared cache has forgotten this flight: what it brings is for those who wait, and no longer.
      if (flights.get(key) === flight) kept.set(key, { result, renewAt: renewalOf(result, now()) });
      return result;
    });
    const land = () => void (flights.get(key) === flight && flights.delete(key));
    const abandon = () => {
      land();
      controller.abort();
    };
    const flight: Flight = { promise, abandon, waiting: 0 };
    promise.then(land, land);
    flights.set(key, flight);
    return flight;
  };
  return {
    async credentials(key, now, signal, get) {
      const known = kept.get(key);
      if (known !== undefined && now().getTime() < known.renewAt) return known.result;
      kept.delete(key);
      return board(flights.get(key) ?? start(key, now, get), signal);
    },
    peek(key, now) {
      const known = kept.get(key)?.result;
      const end = known?.credentials.expiration;
      return known === undefined || (end !== undefined && end <= now) ? null : known;
    },
    caller: (accessKeyId) => callers.get(accessKeyId) ?? null,
    keepCaller: (accessKeyId, caller) => void callers.set(accessKeyId, caller),
    clear() {
      callers.clear();
      kept.clear();
      flights.clear();
    },
  };
}

function renewalOf({ credentials: { expiration } }: PlanResult, now: Date): number {
  return expiration === undefined ? now.getTime() + keptWithoutEnd : expiration.getTime() - renewBefore;
}

/** Waits for a flight until the signal aborts; the last who leaves calls it off. */
function board(flight: Flight, signal: AbortSignal): Promise<PlanResult> {
  return new Promise((resolve, reject) => {
    let left = false;
    flight.waiting += 1;
    const leave = () => {
      if (left) return;
      left = true;
      flight.waiting -= 1;
      signal.removeEventListener("abort", abort);
    };
    const abort = () => {
      leave();
      if (flight.waiting === 0) flight.abandon();
      reject(cancelled());
    };
    signal.addEventListener("abort", abort, { once: true });
    flight.promise.then(resolve, reject).finally(leave);
    if (signal.aborted) abort();
  });
}
