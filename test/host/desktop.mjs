import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { quietSettings } from "./vscodeServer.mjs";

const limit = 180_000;

/**
 * Runs tests in a desktop VS Code: the one of VSCODE_TEST_EXECUTABLE, else the newest stable one, downloaded once into
 * `.vscode-test/`. Started here and not by runTests(), which turns workspace trust off for good.
 * @param options `extension`, `tests`, `folder` (paths), `data` (a folder for its data), `settings`, `env`
 * @throws when it ends otherwise than with 0, or not in time
 */
export async function runDesktop({ extension, tests, folder, data, settings, env }) {
  const executable = process.env.VSCODE_TEST_EXECUTABLE ?? (await downloadAndUnzipVSCode());
  const user = join(data, "User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const places = [`--user-data-dir=${data}`, `--extensions-dir=${join(data, "extensions")}`];
  const quiet = ["--disable-updates", "--skip-welcome", "--skip-release-notes", "--disable-telemetry"];
  // As runTests() does: continuous integration has no sandbox for it, and often no graphics card.
  const sandbox = ["--no-sandbox", "--disable-gpu-sandbox"];
  const work = [`--extensionDevelopmentPath=${extension}`, `--extensionTestsPath=${tests}`];
  const child = spawn(executable, [folder, ...places, ...quiet, ...sandbox, ...work], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), limit);
  const [code, signal] = await once(child, "exit");
  clearTimeout(timer);
  if (code !== 0) throw new Error(`VS Code ended with ${code ?? signal} (it has ${limit / 1000} s).`);
}
