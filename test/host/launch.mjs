#!/usr/bin/env node
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format } from "node:util";
import { startBrowser } from "./chromium.mjs";
import { startVscodeServer } from "./vscodeServer.mjs";

/**
 * Stands in for the `code` that runTests() of @vscode/test-electron starts: runs the tests in the extension host of the
 * VS Code server and ends with their exit code. Takes the arguments of `code`.
 */
const { folder, options } = readArguments(process.argv.slice(2));
const settings = JSON.parse(process.env.AWSREQ_HOST_SETTINGS ?? "{}");
const limit = Number(process.env.AWSREQ_HOST_TIMEOUT_S ?? 180) * 1000;

/** Lines of the workbench's own, which has no network and no native logger: not the tests' output. */
const noise =
  /^(\[Service Worker\] registration|Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|ChatSessionStore|\[reconnection-grace-time\]|(Failed: )?getaddrinfo|Error: Could not locate the bindings file|Error: Cannot find module '\.\/build\/Release|DialogService: Dialog requested)/;

const temporary = mkdtempSync(join(tmpdir(), "awsreq-vscode-"));
const verdictFile = join(temporary, "verdict");
// Tests look into what is kept there.
process.env.AWSREQ_TEST_DATA = join(temporary, "data");
let [server, browser] = [null, null];
let code = 3;
try {
  server = await startVscodeServer({
    data: join(temporary, "data"),
    extensions: join(temporary, "extensions"),
    log: join(temporary, "server.log"),
    settings,
    // What the tests' entry is called with comes in the URL, which newer servers read with this flag alone.
    extra: ["--enable-smoke-test-driver"],
  });
  browser = await startBrowser();
  code = await runTests();
} catch (error) {
  console.error("[host]", error);
} finally {
  await browser?.close().catch(() => undefined);
  await server?.stop();
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(code);

async function runTests() {
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions });
  const page = await context.newPage();
  const ended = new Promise((resolve, reject) => {
    page.on("crash", () => reject(new Error("The page of the workbench crashed.")));
    setTimeout(() => reject(new Error(`No result after ${limit / 1000} s.`)), limit).unref();
    page.exposeFunction("codeAutomationExit", resolve).catch(reject);
  });
  await page.exposeFunction("codeAutomationLog", print);
  await page.goto(workbenchUrl());
  const exitCode = await ended;
  // The workbench reports an extension host that died in the middle as 0: without a verdict it is a crash.
  const verdict = existsSync(verdictFile) ? readFileSync(verdictFile, "utf8") : "none";
  if (exitCode !== 0 || verdict === "ok") return exitCode;
  console.error(`[host] The extension host ended without a verdict from the tests (${verdict}).`);
  return 4;
}

function print(type, args) {
  const text = format(...args);
  if (noise.test(text)) return;
  (type === "error" || type === "warn" ? process.stderr : process.stdout).write(`${text}\n`);
}

function workbenchUrl() {
  const remote = (path) =>
    `vscode-remote://${server.authority}${resolve(path).split("/").map(encodeURIComponent).join("/")}`;
  const payload = [
    ["extensionDevelopmentPath", remote(options.get("extensionDevelopmentPath"))],
    ["extensionTestsPath", remote(entryWithVerdict(options.get("extensionTestsPath")))],
    ["skipWelcome", "true"],
  ];
  const query = new URLSearchParams(folder === undefined ? { ew: "true" } : { folder: resolve(folder) });
  query.set("payload", JSON.stringify(payload));
  return `${server.origin}/?${query}`;
}

/** The tests' entry, wrapped so that it leaves a verdict. */
function entryWithVerdict(path) {
  const wrapper = join(temporary, "entry.js");
  const [real, verdict] = [resolve(path), verdictFile].map((text) => JSON.stringify(text));
  writeFileSync(
    wrapper,
    `const { writeFileSync } = require("node:fs");
exports.run = async () => {
  try {
    await require(${real}).run();
    writeFileSync(${verdict}, "ok");
  } catch (error) {
    writeFileSync(${verdict}, "failed");
    throw error;
  }
};
`,
  );
  return wrapper;
}

function readArguments(argv) {
  const options = new Map();
  const rest = [];
  for (const argument of argv) {
    const [, name, value] = /^--([A-Za-z-]+)(?:=(.*))?$/.exec(argument) ?? [];
    if (name === undefined) rest.push(argument);
    else options.set(name, value);
  }
  return { folder: rest[0], options };
}
