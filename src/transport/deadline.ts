/** One timer that is set anew for each phase of a transfer. */
export interface Deadline {
  /** Forgets what was set before; null sets nothing. */
  set(milliseconds: number | null, onExpire: () => void): void;
  /** Counts from zero again. */
  refresh(): void;
  clear(): void;
}

/** A deadline that is not yet set. */
export function createDeadline(): Deadline {
  let timer: NodeJS.Timeout | null = null;
  const clear = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    set(milliseconds, onExpire) {
      clear();
      if (milliseconds !== null) timer = setTimeout(onExpire, milliseconds);
    },
    refresh: () => {
      timer?.refresh();
    },
    clear,
  };
}

/** A time limit as a person reads it: "10 s", "1.5 s", "50 ms". */
export function durationInWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Number((milliseconds / 1000).toFixed(1))} s`;
}
