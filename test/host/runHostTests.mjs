import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { root } from "../../scripts/install.mjs";
import { runs } from "./runs.mjs";
import { hostFolder } from "./setup.mjs";

/**
 * Runs the tests in a real VS Code, one after the other: `node test/host/runHostTests.mjs [run]`.
 * AWSREQ_TEST_VSCODE=download takes a desktop VS Code that @vscode/test-electron downloads (or VSCODE_TEST_EXECUTABLE);
 * otherwise the one from npm, which needs neither a desktop nor a download from elsewhere.
 */
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
  const [home, workspace] = ["home", "workspace"].map((name) => join(temporary, name));
  mkdirSync(home, { mode: 0o700 });
  cpSync(join(root, "examples"), workspace, { recursive: true });
  const downloads = process.env.AWSREQ_TEST_VSCODE === "download";
  try {
    await runTests({
      ...(downloads ? executable() : { vscodeExecutablePath: join(hostFolder, "launch.mjs") }),
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundledTests(run.name, temporary),
      extensionTestsEnv: {
        ...withoutAws(),
        HOME: home,
        XDG_RUNTIME_DIR: home,
        AWSREQ_HOST_SETTINGS: JSON.stringify(run.settings),
        ...run.environment,
      },
      launchArgs: [
        workspace,
        ...(downloads ? [`--user-data-dir=${desktopData(temporary, run.settings)}`] : []),
      ],
    });
    return true;
  } catch (error) {
    console.error(`The run "${run.name}" failed: ${error.message}`);
    return false;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function executable() {
  const path = process.env.VSCODE_TEST_EXECUTABLE;
  return path === undefined ? {} : { vscodeExecutablePath: path };
}

/** A desktop VS Code takes its user settings from its data folder. */
function desktopData(temporary, settings) {
  const folder = join(temporary, "data", "User");
  mkdirSync(folder, { recursive: true });
  const trust = { "security.workspace.trust.enabled": false };
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ ...trust, ...settings }));
  return join(temporary, "data");
}

/** Nothing of the person's own AWS set-up reaches the tests. */
function withoutAws() {
  const names = Object.keys(process.env).filter((name) => name.startsWith("AWS_") || /_proxy$/i.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
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
