import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";

const root = resolve(__dirname, "../../..");

/** What `npm start` prints, until it has printed the address of the editor. */
async function addressOf(child: ReturnType<typeof spawn>): Promise<string> {
  let text = "";
  for await (const chunk of child.stderr ?? []) {
    text += String(chunk);
    const found = /http:\/\/127\.0\.0\.1:\d+\/\?tkn=\S+/.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error(`npm start ended without an address:\n${text}`);
}

describe("npm start on a machine without a desktop", function () {
  this.timeout(120_000);

  it("opens the examples in a VS Code for the browser, whose address holds a token, and the first click works", async () => {
    const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
    const child = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: root,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = once(child, "exit");
    const { startBrowser } = await import(resolve(__dirname, "../chromium.mjs"));
    const browser: Browser = await startBrowser();
    try {
      const address = await addressOf(child);
      child.stderr?.resume();
      assert.equal((await fetch(new URL(address).origin)).status, 403);
      const page = await browser.newPage();
      await page.goto(address);
      await page.locator(".codelens-decoration a", { hasText: "Send Signed Request" }).first().click();
      const panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
      await panel.locator(".status.good", { hasText: "200 OK" }).waitFor();
    } finally {
      await browser.close();
      child.kill("SIGINT");
      await ended;
    }
  });
});
