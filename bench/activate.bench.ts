import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Measured, median, report } from "./measure.ts";

/**
 * Loads and activates dist/extension.js in a fresh process and prints the microseconds. The editor's own objects are
 * stand-ins that answer every call with another stand-in: what is timed is our code.
 */
const program = `
const Module = require("node:module");
const stand = () => new Proxy(function () {}, {
  get: (_target, key) => (key === "visibleTextEditors" ? [] : key === Symbol.toPrimitive ? () => "" : key === Symbol.iterator ? [][Symbol.iterator] : key === "then" ? undefined : stand()),
  set: () => true,
  apply: () => stand(),
  construct: () => stand(),
});
const load = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? Object.create(stand()) : load(request, ...rest));
const context = {
  subscriptions: [], workspaceState: stand(), globalState: stand(), extensionUri: stand(),
  storageUri: { fsPath: "/tmp" }, globalStorageUri: { fsPath: "/tmp" },
};
const start = process.hrtime.bigint();
require(process.argv[2]).activate(context);
const took = Number(process.hrtime.bigint() - start) / 1000;
process.stdout.write(String(took));
`;

const samples = 25;

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "awsreq-bench-activate-"));
  try {
    const file = join(folder, "activate.cjs");
    writeFileSync(file, program);
    const times: Record<"node" | "activate", number[]> = { node: [], activate: [] };
    for (let sample = -1; sample < samples; sample += 1) {
      const start = process.hrtime.bigint();
      await output(["-e", "0"]);
      const node = Number(process.hrtime.bigint() - start) / 1000;
      const activate = Number(await output([file, resolve("dist", "extension.js")]));
      if (sample < 0) continue;
      times.node.push(node);
      times.activate.push(activate);
    }
    const measured: Measured[] = [
      { name: "node -e 0", microseconds: median(times.node) },
      { name: "load and activate dist/extension.js", microseconds: median(times.activate) },
    ];
    const claims = [{ subject: "load and activate dist/extension.js", against: "node -e 0", limit: 0.2 }];
    if (!report("Activation in a fresh process", measured, claims)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function output(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { env: {}, stdio: ["ignore", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`node ended with ${code}`);
  return Buffer.concat(chunks).toString();
}

void compare();
