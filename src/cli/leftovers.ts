import { rmSync } from "node:fs";

const paths = new Set<string>();

/**
 * Promises that a file or folder is gone when the process ends, however it does: a second signal and an error of ours
 * leave no time for anything else. Gives the function that removes it before, and ends the promise.
 */
export function removedAtExit(path: string): () => void {
  if (paths.size === 0) process.once("exit", removeAll);
  paths.add(path);
  return () => {
    rmSync(path, { recursive: true, force: true });
    paths.delete(path);
    if (paths.size === 0) process.removeListener("exit", removeAll);
  };
}

function removeAll(): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}
