import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePackages, install } from "../../scripts/install.mjs";

/** This folder. */
export const hostFolder = dirname(fileURLToPath(import.meta.url));

/** The VS Code server inside the npm package `code-server`. */
export const serverFolder = join(hostFolder, "node_modules", "code-server", "lib", "vscode");

/**
 * Installs a VS Code and a Chromium from npm, unless they are there: about a minute, 380 MB. No install scripts: the
 * wrapper's native parts are not needed, and Chromium comes inside its package.
 */
export function ensureHost() {
  ensurePackages(
    hostFolder,
    "Installing a VS Code and a Chromium for the tests (once, about a minute)…",
    () => {
      // The server's own dependencies are pinned by its npm-shrinkwrap.json; npm does not install them by itself.
      install(serverFolder, "install", ["--omit=dev"]);
      standInForWatchdog();
    },
  );
}

/** A native module that ends the extension host when its parent is gone; built by a compiler that may not be there. */
function standInForWatchdog() {
  const folder = join(serverFolder, "node_modules", "native-watchdog", "build", "Release");
  if (existsSync(join(folder, "watchdog.node"))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "watchdog.js"), "exports.start = () => undefined;\n");
}
