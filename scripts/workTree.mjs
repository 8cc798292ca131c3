import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./install.mjs";

/** Longest run of one mutant's tests; mocha's own time-out comes long before. */
const longestRun = 180_000;

/**
 * A copy of the checkout's files, those that are not committed too; its packages are a link to the checkout's.
 * @param folder where it is put; temporary files of what runs in it go there as well
 */
export function copyWorkTree(folder) {
  const tree = join(folder, "tree");
  const temporary = join(folder, "tmp");
  for (const file of workTreeFiles()) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    cpSync(join(root, file), join(tree, file));
  }
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"), "junction");
  return {
    tree,
    /** Runs Node there and gives the exit code, null after a signal, and what was written. */
    async node(args) {
      mkdirSync(temporary, { recursive: true });
      const finished = await runNode(args, tree, temporary);
      rmSync(temporary, { recursive: true, force: true });
      return finished;
    },
    /** The bundles, on which the tests of the command line work. */
    build() {
      return this.node(["scripts/build.mjs"]);
    },
    async mocha(files) {
      const report = join(folder, "report.json");
      rmSync(report, { force: true });
      const reporter = ["--reporter", "json", "--reporter-option", `output=${report}`];
      const mocha = join("node_modules", "mocha", "bin", "mocha.js");
      const { output } = await this.node([mocha, "--bail", "--exit", ...reporter, ...files]);
      return { ...reportIn(report), output };
    },
  };
}

function workTreeFiles() {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const gone = execFileSync("git", ["ls-files", "-z", "--deleted"], { cwd: root, encoding: "utf8" });
  const deleted = new Set(gone.split("\0"));
  const files = execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0");
  return files.filter((file) => file !== "" && !deleted.has(file));
}

function runNode(args, cwd, temporary) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const timer = setTimeout(() => kill(child), longestRun);
    child.on("close", (code) => {
      clearTimeout(timer);
      kill(child);
      running.delete(child);
      resolve({ code, output });
    });
  });
}

const running = new Set();

/** Ends what runs in the copies. */
export function endRuns() {
  for (const child of running) kill(child);
}

/** With whatever it started: a mutant may have taken away what ends those. */
function kill(child) {
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

/** What mocha counted; nothing when it did not come to its end. */
function reportIn(path) {
  try {
    const { stats, failures } = JSON.parse(readFileSync(path, "utf8"));
    const [first] = failures;
    const failed = first === undefined ? null : first.fullTitle;
    return { ended: true, passed: stats.passes, failed, why: first?.err?.message ?? "" };
  } catch {
    return { ended: false, passed: 0, failed: null, why: "" };
  }
}
