import { dirname } from "node:path";
import { clearBodyStorage } from "../../transport/bodyStore.ts";
import { clearOfEnded } from "../../transport/temporary.ts";

/** Removes the bodies that a window kept in its folder, and the folders of windows that have ended. */
export async function clearBodies(directory: string): Promise<void> {
  await clearBodyStorage(directory);
  // Without a workspace, windows have folders named after their processes.
  clearOfEnded(dirname(directory));
}
