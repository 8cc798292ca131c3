import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { ensureHost, serverFolder } from "./setup.mjs";

const entry = join(serverFolder, "out", "server-main.js");

/** What every VS Code here is told: quiet, without network, without a welcome. */
export const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.enableExperiments": false,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "workbench.tips.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
};

/**
 * Starts the VS Code server of the host's packages on a free port of 127.0.0.1.
 * @param options `data` (folder for its data), `extensions` (folder), `log` (file), `settings` (user settings beyond the
 *   quiet ones), `env`, `token` (connection token; none when left out), `extra` (further arguments)
 * @returns origin, authority, and `stop`
 */
export async function startVscodeServer({
  data,
  extensions,
  log,
  settings = {},
  env = {},
  token,
  extra = [],
}) {
  ensureHost();
  mkdirSync(extensions, { recursive: true });
  writeUserSettings(data, { ...quietSettings, ...settings });
  const access = token === undefined ? ["--without-connection-token"] : ["--connection-token", token];
  const args = [
    ...[entry, "--host", "127.0.0.1", "--port", "0", ...access, "--accept-server-license-terms"],
    ...["--server-data-dir", data, "--user-data-dir", join(data, "data"), "--extensions-dir", extensions],
    ...["--telemetry-level", "off", "--disable-telemetry", "--disable-update-check"],
    ...["--disable-getting-started-override", "--force-disable-user-env", ...extra],
  ];
  const out = openSync(log, "a");
  // server-main.js is started directly: the wrapper around it needs a native module.
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", out],
    env: { ...process.env, ...env },
    detached: true,
  });
  // Whichever way this process ends, nothing that it started stays behind.
  const endGroup = () => signalGroup(child, "SIGTERM");
  process.once("exit", endGroup);
  child.once("exit", () => process.off("exit", endGroup));
  const port = await listening(child, out, log);
  const authority = `127.0.0.1:${port}`;
  return { port, authority, origin: `http://${authority}`, stop: () => stopGroup(child) };
}

function listening(child, out, log) {
  return new Promise((resolve, reject) => {
    let text = "";
    const fail = (what) => {
      clearTimeout(timer);
      signalGroup(child, "SIGKILL");
      reject(new Error(`${what}\n${text}\n${readFileSync(log, "utf8")}`));
    };
    const timer = setTimeout(() => fail("The VS Code server did not start within 60 s."), 60_000);
    const ended = (code) => fail(`The VS Code server ended with ${code}.`);
    child.once("exit", ended);
    child.stdout.on("data", (chunk) => {
      writeSync(out, chunk);
      text += chunk;
      const port = /agent listening on (\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      child.off("exit", ended);
      resolve(Number(port));
    });
  });
}

/** Ends the server with everything that it started. */
async function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), 3000);
  await ended;
  clearTimeout(timer);
}

function signalGroup(child, signal) {
  try {
    // Windows has no process groups.
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function writeUserSettings(data, settings) {
  const folder = join(data, "data", "User");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

/** Installs a VSIX into an extensions folder; no server has to run. */
export async function installVsix({ vsix, data, extensions }) {
  ensureHost();
  const args = [entry, "--accept-server-license-terms", "--install-extension", vsix];
  const places = ["--extensions-dir", extensions, "--server-data-dir", data];
  const child = spawn(process.execPath, [...args, ...places], { stdio: ["ignore", "pipe", "pipe"] });
  // It complains of its missing native logger; only a failure makes that worth reading.
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`Installing ${vsix} ended with ${code}:\n${Buffer.concat(said)}`);
}
