import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./install.mjs";

/** The AWS SDK is one bundle of its own, so that it is loaded by the first request that needs it and no earlier. */
const awsStaysApart = {
  name: "aws-stays-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/awsProviders\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./aws.js", external: true } : undefined,
    );
  },
};

/** The doctor is one bundle of its own, loaded when a request was refused. */
const doctorStaysApart = {
  name: "doctor-stays-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/doctor\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./doctor.js", external: true } : undefined,
    );
  },
};

/** What asks the world about a refusal is one bundle of its own, loaded when somebody wants that. */
const checksStayApart = {
  name: "checks-stay-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/tripChecks\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./checks.js", external: true } : undefined,
    );
  },
};

/** Commands that most runs do not need. */
const laterCommands = {
  name: "later-commands",
  setup({ onResolve }) {
    onResolve({ filter: /\/laterCommands\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./commands.js", external: true } : undefined,
    );
  },
};

/** Modules that many commands never use; together they are a quarter of the time that a process takes to start. */
const loadedOnUse = [
  "node:https",
  "node:tls",
  "node:zlib",
  "node:child_process",
  "node:readline/promises",
  "node:dns",
  "node:fs/promises",
  "node:worker_threads",
  "jsonc-parser",
];

/**
 * What reads request files is a bundle of its own, which the editor loads when it first shows one: compiling it would be
 * most of what activation takes.
 */
const languageModules = ["src/request/parse.ts", "src/request/selectRequest.ts"];

/** Gives each of those modules, where the editor's own code imports it, a stand-in that loads the bundle when first used. */
const languageStaysApart = {
  name: "language-stays-apart",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, kind }) => {
      const found = languageModules.find((module) => join(root, module) === join(resolveDir, path));
      return found === undefined || kind === "entry-point"
        ? undefined
        : { path: found, namespace: "language" };
    });
    onLoad({ filter: /.*/, namespace: "language" }, ({ path }) => {
      const names = [...readFileSync(join(root, path), "utf8").matchAll(/^export function (\w+)/gm)];
      const getters = names.map(([, name]) => `${name}: { enumerable: true, get: () => load().${name} }`);
      const load = `const load = () => require("./language.js");`;
      return {
        contents: `${load} Object.defineProperties(exports, { ${getters.join(", ")} });`,
        resolveDir: root,
      };
    });
    onResolve({ filter: /^\.\/language\.js$/ }, () => ({ path: "./language.js", external: true }));
  },
};

/** Gives each of these modules a stand-in whose exports load the real one when they are first read. */
const loadOnUse = {
  name: "load-on-use",
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(?:${loadedOnUse.join("|")})$`);
    onResolve({ filter }, ({ path, namespace }) =>
      namespace === "load-on-use" ? undefined : { path, namespace: "load-on-use" },
    );
    onLoad({ filter, namespace: "load-on-use" }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => !/^(?:default|__esModule)$/.test(name));
      const load = `const load = () => require(${JSON.stringify(path)});`;
      const getters = names.map((name) => `${name}: { enumerable: true, get: () => load().${name} }`);
      return {
        contents: `${load} Object.defineProperties(exports, { ${getters.join(", ")} });`,
        resolveDir: root,
      };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  conditions: ["module", "import", "require"],
  minify: true,
  // `import()` becomes `require`, which needs no loader where the code is compiled from a cache.
  supported: { "dynamic-import": false },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/**
 * The editor's proxy settings reach an extension through these modules, and only under their names without "node:"
 * (VS Code 1.100, extHostExtensionService: configureModuleLoading).
 */
const networkOfTheEditor = {
  name: "network-of-the-editor",
  setup({ onResolve }) {
    onResolve({ filter: /^(?:node:)?(?:http|https|net|tls)$/ }, ({ path }) => ({
      path: path.replace("node:", ""),
      external: true,
    }));
  },
};

/** What commands do, what sends, what reads files and what tells beforehand who signs: each is loaded when it is first used, and none by activation. */
const laterBundles = {
  name: "later-bundles",
  setup({ onResolve }) {
    const bundles = {
      session: "./session.js",
      tripRunner: "./trips.js",
      folderFiles: "./folder.js",
      awsConfig: "./folder.js",
      signerPreview: "./preview.js",
    };
    onResolve(
      { filter: /\/(?:session|tripRunner|folderFiles|awsConfig|signerPreview)\.ts$/ },
      ({ path, kind }) => {
        const name = path.slice(path.lastIndexOf("/") + 1, -".ts".length);
        return kind === "dynamic-import" ? { path: bundles[name], external: true } : undefined;
      },
    );
  },
};

const entries = {
  "cli.js": { entryPoints: ["src/cli/launch.ts"], banner: { js: "#!/usr/bin/env node" } },
  "worker.js": { entryPoints: ["src/cli/launchWorker.ts"] },
  "main.js": {
    entryPoints: ["src/cli/main.ts"],
    plugins: [awsStaysApart, doctorStaysApart, checksStayApart, laterCommands, loadOnUse],
    // As src/cli/program.ts compiles it; joining the parts there would copy the whole text.
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
  },
  "commands.js": {
    entryPoints: ["src/cli/laterCommands.ts"],
    plugins: [awsStaysApart, doctorStaysApart, checksStayApart],
  },
  "aws.js": { entryPoints: ["src/identity/providers/awsProviders.ts"], plugins: [networkOfTheEditor] },
  "doctor.js": { entryPoints: ["src/diagnosis/doctor.ts"] },
  "checks.js": { entryPoints: ["src/trip/tripChecks.ts"], plugins: [networkOfTheEditor] },
  "extension.js": {
    entryPoints: ["src/extension.ts"],
    external: ["vscode"],
    plugins: [laterBundles, languageStaysApart],
  },
  "session.js": {
    entryPoints: ["src/editor/session.ts"],
    external: ["vscode"],
    plugins: [laterBundles, languageStaysApart],
  },
  "language.js": {
    stdin: {
      contents: languageModules.map((module) => `export * from "./${module}";`).join("\n"),
      resolveDir: root,
    },
  },
  "folder.js": {
    stdin: {
      contents: ["folderFiles", "awsConfig"]
        .map((name) => `export * from "./src/editor/trips/${name}.ts";`)
        .join("\n"),
      resolveDir: root,
    },
  },
  "preview.js": { entryPoints: ["src/editor/trips/signerPreview.ts"] },
  "trips.js": {
    entryPoints: ["src/editor/trips/tripRunner.ts"],
    external: ["vscode"],
    plugins: [awsStaysApart, doctorStaysApart, checksStayApart, networkOfTheEditor, languageStaysApart],
  },
  "page.js": {
    entryPoints: ["src/page/main.tsx"],
    platform: "browser",
    format: "iife",
    target: "es2022",
    conditions: undefined,
    mainFields: undefined,
    jsx: "automatic",
    jsxImportSource: "preact",
  },
};

/** Builds the bundles into a folder and returns esbuild's metafile of each. */
export async function buildBundles(outdir = join(root, "dist")) {
  const metafiles = {};
  for (const [name, entry] of Object.entries(entries)) {
    const { metafile } = await build({ ...common, ...entry, outfile: join(outdir, name) });
    metafiles[name] = metafile;
    if (name === "main.js") refuseNonAscii(join(outdir, name));
  }
  chmodSync(join(outdir, "cli.js"), 0o755);
  const args = ["main.js", "main.cache"].map((name) => join(outdir, name));
  spawnSync(process.execPath, [join(root, "scripts", "codeCache.mjs"), ...args], {
    stdio: "ignore",
    env: {},
  });
  return metafiles;
}

/** src/cli/program.ts reads the program byte by byte. esbuild escapes what is not ASCII, except inside `String.raw`. */
function refuseNonAscii(file) {
  const found = /.{0,40}[\u0080-\uffff]/.exec(readFileSync(file, "utf8"));
  if (found !== null) throw new Error(`${file} must be ASCII, but holds: ${found[0]}`);
}
