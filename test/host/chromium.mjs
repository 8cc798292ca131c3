import { existsSync } from "node:fs";
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

/** Path of a Chromium: AWSREQ_CHROMIUM, or the one that comes with the host's packages (unpacked on first use). */
export async function chromiumPath() {
  const chosen = process.env.AWSREQ_CHROMIUM;
  if (chosen !== undefined && existsSync(chosen)) return chosen;
  ensureHost();
  const entry = createRequire(join(hostFolder, "package.json")).resolve("@sparticuz/chromium");
  const { default: packed } = await import(pathToFileURL(entry).href);
  return packed.executablePath();
}

/** Starts a headless Chromium. Close it. */
export async function startBrowser() {
  return chromium.launch({ executablePath: await chromiumPath(), headless: true, args: chromiumArguments });
}
