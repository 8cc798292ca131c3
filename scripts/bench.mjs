import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ensureInstalled, root, run } from "./install.mjs";

ensureInstalled();
run(process.execPath, ["scripts/build.mjs"]);
const { build } = await import("esbuild");

const wanted = process.argv[2];
const benches = readdirSync(join(root, "bench"))
  .filter((file) => file.endsWith(".bench.ts"))
  .filter((file) => wanted === undefined || file === `${wanted}.bench.ts`);
if (benches.length === 0) {
  console.error(`There is no benchmark "${wanted}".`);
  process.exit(2);
}

// Bundled as the product is: a benchmark of unbundled sources would time the module loader.
const folder = mkdtempSync(join(tmpdir(), "awsreq-bench-"));
let failed = 0;
try {
  for (const bench of benches) {
    const outfile = join(folder, basename(bench).replace(/ts$/, "js"));
    await build({
      absWorkingDir: root,
      entryPoints: [join("bench", bench)],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      mainFields: ["module", "main"],
      external: ["*/awsProviders.ts"],
      logLevel: "error",
    });
    const { status } = spawnSync(process.execPath, [outfile], { cwd: root, stdio: "inherit" });
    if (status !== 0) failed += 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
