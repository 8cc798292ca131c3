import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root, run, tool } from "./install.mjs";

/** The suites of `npm test`, each in a process of its own (host: one for each run in a real VS Code). */
const suites = {
  // Two files at once: half of the time is spent waiting. More would be in the way of the tests that bound a time.
  unit: () =>
    mocha([
      ...["test/**/*.test.ts", "--ignore", "test/**/*.browser.test.ts", "--ignore", "test/host/**"],
      ...["--parallel", "--jobs", "2"],
    ]),
  page: () => mocha(["test/page/**/*.browser.test.ts"]),
  host: (args) => spawnSync(process.execPath, ["test/host/runHostTests.mjs", ...args], suiteOptions()),
  // A walk whose beginning fails leaves a VS Code behind, which must not keep the run from ending.
  walk: () =>
    mocha([
      "--exit",
      "--require",
      "tsx",
      "--require",
      "test/host/walk/packaged.ts",
      "test/host/walk/*.walk.ts",
    ]),
  load: () => mocha(["test/load/*.load.ts"]),
};

/** Takes minutes and gigabytes of disk: run by its name alone. */
const onlyByName = ["load"];

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
const wanted = name === undefined ? Object.keys(suites).filter((each) => !onlyByName.includes(each)) : [name];
let died = 0;
for (const each of wanted) {
  const suite = suites[each];
  if (suite === undefined) {
    console.error(`There is no test suite "${each}". There are: ${Object.keys(suites).join(", ")}.`);
    process.exit(2);
  }
  const before = readCounts();
  const { status } = suite(args);
  const after = readCounts();
  const hasFailures = after.failed > before.failed;
  // A suite that died, or ran no test, must not look like success: it counts as a failed test.
  if (hasFailures || (status === 0 && after.passed > before.passed)) continue;
  died += 1;
  console.error(`\nThe suite "${each}" ended with ${status} and without a failed test.`);
}

const { passed, failed } = readCounts();
rmSync(counts, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed + died} failed`);
process.exitCode = failed + died > 0 ? 1 : 0;

/** What the suites have counted so far. */
function readCounts() {
  const files = readdirSync(counts).map((file) => JSON.parse(readFileSync(join(counts, file), "utf8")));
  return {
    passed: files.reduce((sum, file) => sum + file.passed, 0),
    failed: files.reduce((sum, file) => sum + file.failed, 0),
  };
}
