#!/usr/bin/env node
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root, run } from "../../scripts/install.mjs";
import { serveJson } from "./jsonServer.mjs";

/**
 * What is claimed about the extension host: the longest block of its event loop in a real VS Code, after a typed key and
 * while an answer is received and shown. Exit code 1 when a claim does not hold. `-- keys` and `-- answers` run a part.
 */
ensureInstalled();
run(process.execPath, ["scripts/build.mjs"]);
// They are not there before the installation.
const { build } = await import("esbuild");
const { runTests } = await import("@vscode/test-electron");
const { environmentOf } = await import("../../test/host/environment.mjs");
const { hostFolder } = await import("../../test/host/setup.mjs");

const temporary = mkdtempSync(join(tmpdir(), "awsreq-bench-host-"));
const [home, workspace, results, entry] = ["home", "workspace", "results.json", "entry.cjs"].map((name) =>
  join(temporary, name),
);
const server = await serveJson();
let holds = false;
try {
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(workspace);
  await build({
    absWorkingDir: root,
    entryPoints: [join("bench", "host", "blocked.ts")],
    outfile: entry,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "error",
  });
  await runTests({
    vscodeExecutablePath: join(hostFolder, "launch.mjs"),
    extensionDevelopmentPath: root,
    extensionTestsPath: entry,
    extensionTestsEnv: {
      ...environmentOf(home),
      AWSREQ_HOST_TIMEOUT_S: "1200",
      AWSREQ_BENCH_RESULTS: results,
      AWSREQ_BENCH_SERVER: server.origin,
      AWSREQ_BENCH_PART: process.argv[2] ?? "",
    },
    launchArgs: [workspace],
  });
  const { lines, claims } = JSON.parse(readFileSync(results, "utf8"));
  for (const line of lines) console.log(line);
  for (const { claim, holds } of claims) console.log(`  ${holds ? "holds" : "FAILS"}  ${claim}`);
  holds = claims.every((claim) => claim.holds);
} catch (error) {
  console.error(error);
} finally {
  await server.close();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(holds ? 0 : 1);
