import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./install.mjs";

/**
 * Brings the lock files up to date with their manifests. Download addresses are left out, so that a lock file says what
 * is installed (version and hash) and not from where.
 */
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
for (const folder of [".", join("test", "host"), join("scripts", "package")]) {
  const at = join(root, folder);
  run(npm, [
    "install",
    "--prefix",
    at,
    "--package-lock-only",
    "--ignore-scripts",
    "--omit-lockfile-registry-resolved=false",
  ]);
  const path = join(at, "package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  for (const entry of Object.values(lock.packages)) delete entry.resolved;
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
