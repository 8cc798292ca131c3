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

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  conditions: ["module", "import", "require"],
  minify: true,
  keepNames: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

const entries = {
  "cli.js": {
    entryPoints: ["src/cli/main.ts"],
    plugins: [awsStaysApart],
    banner: { js: "#!/usr/bin/env node" },
  },
  "aws.js": { entryPoints: ["src/identity/awsProviders.ts"] },
};

/** Builds the bundles into a folder and returns esbuild's metafile of each. */
export async function buildBundles(outdir = join(root, "dist")) {
  const metafiles = {};
  for (const [name, entry] of Object.entries(entries)) {
    const { metafile } = await build({ ...common, ...entry, outfile: join(outdir, name) });
    metafiles[name] = metafile;
  }
  return metafiles;
}
