import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs the development packages when they are missing or older than the lock file. Quiet when all is there. */
export function ensureInstalled() {
  ensurePackages(root, "Installing the development packages (once)…", () => undefined);
}

/**
 * Installs the packages of a folder's lock file unless they are there.
 * @param afterwards what is to be done once they are installed; a failure in it makes the next call begin anew
 */
export function ensurePackages(folder, message, afterwards) {
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const stamp = join(folder, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error(message);
  // Nothing here needs install scripts: esbuild and Biome ship their binaries inside packages.
  install(folder, "ci", []);
  afterwards();
  writeFileSync(stamp, lock);
}

/** `npm ci` or `npm install` in a folder, without install scripts. */
export function install(folder, command, options) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run(npm, [command, "--prefix", folder, ...options, ...quiet]);
}

/** Runs a command in the checkout with its output shown; ends this process when it fails. */
export function run(command, args, environment = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, ...environment },
  });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1));
}

/** Path of a tool that the development packages bring. */
export function tool(name) {
  return join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);
}
