/** Runs something soon after it is asked for, once for all that ask meanwhile. */
export interface Soon {
  readonly ask: () => void;
  /** Nothing runs after this. */
  readonly dispose: () => void;
}

/** @param delay milliseconds from the first question to the run */
export function createSoon(run: () => void, delay: number): Soon {
  let timer: NodeJS.Timeout | null = null;
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = null;
        run();
      }, delay);
    },
    dispose() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
