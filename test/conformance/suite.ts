import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A file of ../shared beside the checkout, parsed; null in a clone that stands alone. */
export function readShared<T>(path: string): T | null {
  const file = resolve(__dirname, "../../../shared", path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}
