import { UserError } from "../errors.ts";

/** What getting credentials ends in when the person calls it off. */
export function cancelled(): UserError {
  return new UserError({
    code: "E_CANCELLED",
    phase: "cancel",
    message: "Cancelled while credentials were being got; nothing was sent.",
  });
}

/** The promise's own end, or a cancelled UserError as soon as the signal says so. Leaves no listener behind. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(cancelled());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
