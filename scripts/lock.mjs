import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./install.mjs";

/**
 * Brings package-lock.json up to date with package.json. Download addresses are left out, so that the lock file says
 * what is installed (version and hash) and not from where.
 */
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
run(npm, ["install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved=false"]);
const path = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8"));
for (const entry of Object.values(lock.packages)) delete entry.resolved;
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
