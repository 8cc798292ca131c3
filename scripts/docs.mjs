import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ensureInstalled, root } from "./install.mjs";

/** Writes the parts of the documentation that are made from tables. */
ensureInstalled();
const { causePage } = await loaded("src/diagnosis/causes/causePage.ts");
const { faultPage } = await loaded("test/faults/faultPage.ts");
const { faultTests } = await loaded("test/faults/faultTests.ts");
writePart("diagnosis.md", "causes", causePage());
writePart("faults.md", "faults", faultPage(faultTests(root)));

async function loaded(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** What stands behind the mark is made; what is before it is written by hand. */
function writePart(page, table, text) {
  const file = join(root, "docs", page);
  const mark = `<!-- made by npm run docs from the table of ${table} -->`;
  const [written] = readFileSync(file, "utf8").split(mark);
  writeFileSync(file, `${written}${mark}\n\n${text}\n`);
}
