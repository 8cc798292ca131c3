import type { CredentialCache } from "../../identity/credentialCache.ts";
import type { TripFunctions } from "./tripRunner.ts";

/** What sends, with the credentials that it keeps in memory for as long as the window lasts. */
export interface TripRunner extends TripFunctions {
  readonly cache: CredentialCache;
}

/** What sends, loaded once. */
export interface RunnerLoader {
  readonly load: () => Promise<TripRunner>;
  /** Null while nothing was sent. */
  readonly loaded: () => Promise<TripRunner> | null;
}

/**
 * Loads what sends when it is first needed, and clears what an earlier window left of its bodies.
 * @param onLoaded told once, before anything is sent
 */
export function createRunner(storageDirectory: string, onLoaded: (runner: TripRunner) => void): RunnerLoader {
  let loading: Promise<TripRunner> | null = null;
  const load = async (): Promise<TripRunner> => {
    const { tripRunner } = await import("./tripRunner.ts");
    await tripRunner.clearBodyStorage(storageDirectory);
    const runner = { ...tripRunner, cache: tripRunner.createCredentialCache() };
    onLoaded(runner);
    return runner;
  };
  return {
    load() {
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    loaded: () => loading,
  };
}
