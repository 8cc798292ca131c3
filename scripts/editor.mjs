import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** What the extension consists of in a checkout; the VSIX holds the same. */
const extensionParts = [
  "package.json",
  "package.nls.json",
  "dist",
  "media",
  "syntaxes",
  "examples",
  "README.md",
];

/**
 * Opens the examples in VS Code with the extension of this checkout: the desktop's where there is one and a display,
 * else one for the browser.
 * @param port where the local endpoint listens
 * @returns sentences for the terminal, and `stop`
 */
export async function openEditor(port) {
  const folder = examplesFor(port);
  return hasDesktop() ? openDesktop(folder) : openInBrowser(folder);
}

/** The examples as they are, or a copy that names the endpoint's real port. */
function examplesFor(port) {
  const examples = join(root, "examples");
  if (port === "8998") return examples;
  const copy = join(root, ".cache", "examples");
  cpSync(examples, copy, { recursive: true });
  for (const name of readdirSync(copy).filter((file) => file.endsWith(".awsreq"))) {
    const path = join(copy, name);
    writeFileSync(path, readFileSync(path, "utf8").replace(/^@port = \d+$/m, `@port = ${port}`));
  }
  return copy;
}

function hasDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasDisplay = process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
  const shell = process.platform === "win32";
  return hasDisplay && spawnSync("code", ["--version"], { stdio: "ignore", shell }).status === 0;
}

async function openDesktop(folder) {
  const file = join(folder, "hello.awsreq");
  const args = ["--new-window", `--extensionDevelopmentPath=${root}`, folder, "--goto", file];
  spawn("code", args, { stdio: "ignore", shell: process.platform === "win32", detached: true }).unref();
  return {
    lines: ['VS Code opens on the examples: click "Send Signed Request" in hello.awsreq.'],
    stop: async () => undefined,
  };
}

async function openInBrowser(folder) {
  const { startVscodeServer } = await import("../test/host/vscodeServer.mjs");
  const data = join(root, ".cache", "vscode");
  mkdirSync(data, { recursive: true });
  const extensions = join(data, "extensions");
  installCheckout(extensions);
  const token = randomBytes(16).toString("hex");
  const server = await startVscodeServer({ data, extensions, token, log: join(data, "server.log") });
  const file = `vscode-remote://${server.authority}${join(folder, "hello.awsreq")}`;
  const query = new URLSearchParams({ tkn: token, folder, payload: JSON.stringify([["openFile", file]]) });
  return {
    lines: [
      'VS Code runs for the browser. Open this address (it holds a token), and click "Send Signed Request":',
      `  ${server.origin}/?${query}`,
    ],
    stop: server.stop,
  };
}

/** Puts the extension where the server finds it, as it is built now. */
function installCheckout(extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  rmSync(extensions, { recursive: true, force: true });
  const place = join(extensions, `${publisher}.${name}-${version}`);
  for (const part of extensionParts) cpSync(join(root, part), join(place, part), { recursive: true });
}
