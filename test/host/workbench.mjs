import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBrowser } from "./chromium.mjs";
import { installVsix, startVscodeServer } from "./vscodeServer.mjs";

/**
 * Opens a workbench in Chromium as a person has it: the packaged extension installed, a folder open, nothing skipped.
 * @param options `vsix` and `workspace` (paths), `settings` (user settings), `env`
 */
export async function openWorkbench({ vsix, workspace, settings = {}, env = {} }) {
  const temporary = mkdtempSync(join(tmpdir(), "awsreq-walk-"));
  const [data, extensions, home] = ["data", "extensions", "home"].map((name) => join(temporary, name));
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(extensions);
  await installVsix({ vsix, data, extensions });
  const log = join(temporary, "server.log");
  const server = await startVscodeServer({
    data,
    extensions,
    log,
    settings,
    // Nobody asks the real STS about the keys of a test.
    env: { HOME: home, XDG_RUNTIME_DIR: home, AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9", ...env },
  });
  const browser = await startBrowser();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const url = `${server.origin}/?${new URLSearchParams({ folder: workspace })}`;
  await page.goto(url);
  return {
    page,
    home,
    data,
    /** Reads and clicks inside the response panel. */
    panel: () => page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame"),
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}
