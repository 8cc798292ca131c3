/** Watches how long the event loop of this process is blocked. */
export interface Watch {
  /** Milliseconds of the longest block so far. */
  readonly longest: () => number;
  /** Resolves once nothing has blocked for a while. */
  readonly quiet: () => Promise<void>;
  readonly stop: () => void;
}

/** Milliseconds without a block after which the work is done. */
const calm = 1200;

/** A block that counts for being busy, in milliseconds. */
const noticeable = 12;

/** Milliseconds after which a machine is taken as it is. */
const patience = 20_000;

/** Begins to watch: a timer that is due each millisecond is late by what blocks. */
export function watchBlocks(): Watch {
  const began = performance.now();
  let last = began;
  let longest = 0;
  let busy = began;
  let stopped = false;
  const tick = (): void => {
    const now = performance.now();
    const blocked = now - last - 1;
    longest = Math.max(longest, blocked);
    if (blocked > noticeable) busy = now;
    last = now;
    if (!stopped) setTimeout(tick, 1);
  };
  setTimeout(tick, 1);
  return {
    longest: () => longest,
    async quiet() {
      const from = performance.now();
      busy = Math.max(busy, from);
      while (performance.now() - busy < calm && performance.now() - from < patience)
        await new Promise((resolve) => setTimeout(resolve, 50));
    },
    stop() {
      stopped = true;
    },
  };
}
