import type { TripRunner } from "./tripRunner.ts";

/** What sends, loaded once. */
export interface RunnerLoader {
  readonly load: () => Promise<TripRunner>;
  /** Null while nothing was sent. */
  readonly loaded: () => Promise<TripRunner> | null;
}

/** Loads what sends when it is first needed, and clears what an earlier window left of its bodies. */
export function createRunner(storageDirectory: string): RunnerLoader {
  let loading: Promise<TripRunner> | null = null;
  const load = async (): Promise<TripRunner> => {
    const { tripRunner } = await import("./tripRunner.ts");
    await tripRunner.clearBodyStorage(storageDirectory);
    return tripRunner;
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
