import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { root } from "../../scripts/install.mjs";
import { certificateEnvironment } from "./certificate.mjs";
import { runDesktop } from "./desktop.mjs";
import { environmentOf } from "./environment.mjs";
import { runs } from "./runs.mjs";
import { hostFolder } from "./setup.mjs";

/**
 * Runs the tests in a real VS Code, one after the other: `node test/host/runHostTests.mjs [run]`.
 * AWSREQ_TEST_VSCODE says in which: `server` is the one from npm, which needs neither a desktop nor a download from
 * elsewhere (usual on Linux); `download` is a desktop VS Code (usual on macOS and Windows).
 */
const usual = process.platform === "linux" ? "server" : "download";
const downloads = (process.env.AWSREQ_TEST_VSCODE ?? usual) === "download";
const wanted = process.argv[2];
const chosen = runs.filter(({ name }) => wanted === undefined || name === wanted);
if (chosen.length === 0) throw new Error(`There is no run "${wanted}".`);

let failed = 0;
for (const run of chosen) {
  console.log(`\nIn a real VS Code: ${run.name}`);
  if (!(await passes(run))) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);

async function passes(run) {
  const temporary = mkdtempSync(join(tmpdir(), "awsreq-run-"));
  const [home, workspace, ownCounts] = ["home", "workspace", "counts"].map((name) => join(temporary, name));
  const counts = process.env.AWSREQ_TEST_COUNTS ?? ownCounts;
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(counts, { recursive: true });
  cpSync(join(root, "examples"), workspace, { recursive: true });
  const before = readdirSync(counts).length;
  try {
    const { certificateFor: host } = run;
    const tls = host === undefined ? {} : await certificateEnvironment(host, temporary);
    const env = { ...environmentOf(home), AWSREQ_TEST_COUNTS: counts, ...run.environment, ...tls };
    const tests = await bundledTests(run.name, temporary);
    if (downloads) {
      const data = join(temporary, "data");
      await runDesktop({
        extension: root,
        tests,
        folder: workspace,
        data,
        settings: run.settings,
        env: { ...env, AWSREQ_TEST_DATA: data },
      });
    } else await runServer(tests, workspace, run.settings, env);
    if (readdirSync(counts).length === before) throw new Error("VS Code ended before the tests did.");
    return true;
  } catch (error) {
    console.error(`The run "${run.name}" failed: ${error.message}`);
    return false;
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

function runServer(tests, workspace, settings, env) {
  return runTests({
    vscodeExecutablePath: join(hostFolder, "launch.mjs"),
    extensionDevelopmentPath: root,
    extensionTestsPath: tests,
    extensionTestsEnv: { ...env, AWSREQ_HOST_SETTINGS: JSON.stringify(settings) },
    launchArgs: [workspace],
  });
}

/** The tests of a run in one file, with mocha beside them: an extension host loads no TypeScript. */
async function bundledTests(name, temporary) {
  const folder = join(hostFolder, "suite", name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  const outfile = join(temporary, "tests.cjs");
  await build({
    stdin: { contents: entryOf(files.map((file) => join(folder, file))), resolveDir: root },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    external: ["vscode", "mocha"],
    logLevel: "error",
  });
  return outfile;
}

function entryOf(files) {
  const [mocha, reporter] = [
    join(root, "node_modules", "mocha"),
    join(root, "test", "countReporter.cjs"),
  ].map((path) => JSON.stringify(path));
  return `const load = module.require.bind(module);
const loaded = load(${mocha});
const Mocha = loaded.default ?? loaded;
exports.run = () => new Promise((resolve, reject) => {
  const mocha = new Mocha({ ui: "bdd", timeout: 20000, color: false, reporter: load(${reporter}) });
  mocha.suite.emit("pre-require", globalThis, null, mocha);
  ${files.map((file) => `require(${JSON.stringify(file)});`).join("\n  ")}
  mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(failures + " tests failed"))));
});
`;
}
