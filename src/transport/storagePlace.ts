import type { StoragePlace } from "./bodyStore.ts";
import type { SendOptions } from "./sendOptions.ts";

/** Where the bodies of a transfer are kept. */
export function storagePlace({ limits, storageDirectory }: SendOptions): StoragePlace {
  return { memory: limits.memoryBody, directory: storageDirectory };
}
