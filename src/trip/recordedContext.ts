import { UserError } from "../errors.ts";
import type { ResolveContext } from "../request/resolve.ts";
import type { IncludedFile } from "../requestBody.ts";

type Context = Omit<ResolveContext, "willSign">;

/** A context that notes what it gives, and how to have the very same again, as often as it is wanted. */
export interface RecordedContext {
  readonly recording: Context;
  readonly replayed: () => Context;
}

/**
 * Notes what a request takes from the world, so that a changed text of it can be resolved as the first was: without
 * asking, reading or drawing anything anew.
 */
export function recordedContext(context: Context): RecordedContext {
  const now = recorded(context.now);
  const randomBytes = recorded(context.randomBytes);
  const included = new Map<string, Uint8Array | IncludedFile>();
  return {
    recording: {
      ...context,
      now: now.recording,
      randomBytes: randomBytes.recording,
      async readInclude(path) {
        const bytes = await context.readInclude(path);
        included.set(path, bytes);
        return bytes;
      },
    },
    replayed: () => ({
      ...context,
      now: now.replayed(),
      randomBytes: randomBytes.replayed(),
      async readInclude(path) {
        const bytes = included.get(path);
        if (bytes === undefined) throw notRead(path);
        return bytes;
      },
    }),
  };
}

/** Values in the order in which they were given. What is asked beyond them is new, and differs. */
function recorded<A extends readonly unknown[], T>(give: (...args: A) => T) {
  const given: T[] = [];
  return {
    recording: (...args: A): T => {
      const value = give(...args);
      given.push(value);
      return value;
    },
    replayed: () => {
      let next = 0;
      return (...args: A): T => given[next++] ?? give(...args);
    },
  };
}

function notRead(path: string): UserError {
  return new UserError({
    code: "E_INCLUDE_UNREADABLE",
    phase: "file",
    message: `${path} was not part of the request that was sent.`,
  });
}
