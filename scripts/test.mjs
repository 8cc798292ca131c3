import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root, run, tool } from "./install.mjs";

/** The suites that `npm test` runs, each in a process of its own (host: one for each run in a real VS Code). */
const suites = {
  unit: () =>
    mocha(["test/**/*.test.ts", "--ignore", "test/**/*.browser.test.ts", "--ignore", "test/host/**"]),
  page: () => mocha(["test/page/**/*.browser.test.ts"]),
  host: (args) => spawnSync(process.execPath, ["test/host/runHostTests.mjs", ...args], suiteOptions()),
  walk: () => mocha(["test/host/walk/*.walk.ts"]),
};

const counts = mkdtempSync(join(tmpdir(), "awsreq-counts-"));

function mocha(args) {
  return spawnSync(tool("mocha"), [...args, "--reporter", "test/countReporter.cjs"], suiteOptions());
}

function suiteOptions() {
  return {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, AWSREQ_TEST_COUNTS: counts },
  };
}

ensureInstalled();
run(process.execPath, ["scripts/build.mjs"]);

const [name, ...args] = process.argv.slice(2);
const wanted = name === undefined ? Object.keys(suites) : [name];
let failedSuites = 0;
let counted = 0;
for (const each of wanted) {
  const suite = suites[each];
  if (suite === undefined) {
    console.error(`There is no test suite "${each}". There are: ${Object.keys(suites).join(", ")}.`);
    process.exit(2);
  }
  const before = readdirSync(counts).length;
  if (suite(args).status !== 0) failedSuites += 1;
  // A runner that dies before it counts must not look like success.
  if (readdirSync(counts).length > before) counted += 1;
}

const { passed, failed } = readCounts();
if (failedSuites > 0 && failed === 0)
  console.error("\nA suite ended without success and without a failed test.");
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || failedSuites > 0 || counted < wanted.length || passed === 0 ? 1 : 0;

function readCounts() {
  const files = readdirSync(counts).map((file) => JSON.parse(readFileSync(join(counts, file), "utf8")));
  rmSync(counts, { recursive: true, force: true });
  return {
    passed: files.reduce((sum, file) => sum + file.passed, 0),
    failed: files.reduce((sum, file) => sum + file.failed, 0),
  };
}
