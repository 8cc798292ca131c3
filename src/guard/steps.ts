/** Work on a large text, which can be left between any two steps. */
export type Steps<T> = Generator<undefined, T, void>;

/** Does the work in one piece. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Milliseconds after which whoever else is waiting for the thread gets a turn. */
const slice = 15;

/**
 * Does the work in slices, between which everything else on this thread goes on.
 * @throws the signal's reason, between two slices
 */
export async function inSlices<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    for (const end = performance.now() + slice; performance.now() < end; ) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
