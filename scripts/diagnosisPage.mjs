import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ensureInstalled, root } from "./install.mjs";

/** Writes the part of docs/diagnosis.md that is made from the table of causes. */
ensureInstalled();
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ["src/diagnosis/causes/causePage.ts"],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const { causePage } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
);
const file = join(root, "docs", "diagnosis.md");
const mark = "<!-- made by npm run docs from the table of causes -->";
const [written] = readFileSync(file, "utf8").split(mark);
writeFileSync(file, `${written}${mark}\n\n${causePage()}\n`);
