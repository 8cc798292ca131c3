import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root, run, tool } from "./install.mjs";

/** The suites that `npm test` runs, each in a process of its own. */
const suites = {
  unit: () =>
    spawnSync(tool("mocha"), ["test/**/*.test.ts", "--reporter", "test/countReporter.cjs"], suiteOptions()),
};

const counts = mkdtempSync(join(tmpdir(), "awsreq-counts-"));

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

const wanted = process.argv[2] === undefined ? Object.keys(suites) : [process.argv[2]];
let failedSuites = 0;
for (const name of wanted) {
  const suite = suites[name];
  if (suite === undefined) {
    console.error(`There is no test suite "${name}". There are: ${Object.keys(suites).join(", ")}.`);
    process.exit(2);
  }
  if (suite().status !== 0) failedSuites += 1;
}

const { passed, failed, suitesCounted } = readCounts();
console.log(`\n${passed} passed, ${failed} failed`);
// A runner that dies before it counts must not look like success.
process.exitCode = failed > 0 || failedSuites > 0 || suitesCounted < wanted.length || passed === 0 ? 1 : 0;

function readCounts() {
  const files = readdirSync(counts).map((file) => JSON.parse(readFileSync(join(counts, file), "utf8")));
  rmSync(counts, { recursive: true, force: true });
  return {
    passed: files.reduce((sum, file) => sum + file.passed, 0),
    failed: files.reduce((sum, file) => sum + file.failed, 0),
    suitesCounted: files.length,
  };
}
