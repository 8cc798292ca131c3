import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { ensureHost, hostFolder } from "./setup.mjs";

/** Headless, on loopback alone: every other host fails at once instead of waiting for a name server. */
const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/**
 * Path of a Chromium: AWSREQ_CHROMIUM, or the one that comes with the host's packages, unpacked on first use; null where
 * that does not run (it is built for Linux).
 */
export async function chromiumPath() {
  const chosen = process.env.AWSREQ_CHROMIUM;
  if (chosen !== undefined && existsSync(chosen)) return chosen;
  if (process.platform !== "linux") return null;
  ensureHost();
  const unpacked = join(hostFolder, "node_modules", ".chromium");
  if (!existsSync(unpacked)) await unpack(unpacked);
  return join(unpacked, "chromium");
}

/**
 * Unpacks Chromium into a folder, which is there only when it is whole. The package itself would unpack into the
 * system's temporary folder and run whatever stands there under the right name.
 */
async function unpack(folder) {
  const place = mkdtempSync(`${folder}-`);
  const { TMPDIR: before } = process.env;
  process.env.TMPDIR = place;
  try {
    const entry = createRequire(join(hostFolder, "package.json")).resolve("@sparticuz/chromium");
    const { default: packed } = await import(pathToFileURL(entry).href);
    await packed.executablePath();
    renameSync(place, folder);
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Starts a headless Chromium, or the installed Chrome where there is none from npm. Close it. */
export async function startBrowser() {
  const executablePath = await chromiumPath();
  const which = executablePath === null ? { channel: "chrome" } : { executablePath };
  try {
    return await chromium.launch({ ...which, headless: true, args: chromiumArguments });
  } catch (error) {
    const missing = executablePath === null ? [] : missingLibraries(executablePath);
    if (missing.length === 0) throw error;
    throw new Error(
      `Chromium needs libraries that this system lacks: ${missing.join(", ")}. On Debian and Ubuntu: ` +
        "apt-get install libnss3 libnspr4 libexpat1. Or name another Chromium in AWSREQ_CHROMIUM.",
      { cause: error },
    );
  }
}

function missingLibraries(executable) {
  const { stdout } = spawnSync("ldd", [executable], { encoding: "utf8" });
  return [...(stdout ?? "").matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name);
}
