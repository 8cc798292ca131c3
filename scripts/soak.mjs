import { spawnSync } from "node:child_process";
import { ensureInstalled, root, run, tool } from "./install.mjs";

/** Long sessions, in one process and in a real VS Code: what leaks a little with each request shows there. */
ensureInstalled();
run(process.execPath, ["scripts/build.mjs"]);
const options = { cwd: root, stdio: "inherit", env: { ...process.env, AWSREQ_SOAK: "500" } };
const ended = [
  spawnSync(tool("mocha"), ["test/cli/soak.test.ts"], { ...options, shell: process.platform === "win32" }),
  spawnSync(process.execPath, ["test/host/runHostTests.mjs", "soak"], options),
];
process.exitCode = ended.every(({ status }) => status === 0) ? 0 : 1;
