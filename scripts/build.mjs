import { ensureInstalled } from "./install.mjs";

ensureInstalled();
const { buildBundles } = await import("./bundles.mjs");
for (const metafile of Object.values(await buildBundles())) {
  for (const [path, { bytes }] of Object.entries(metafile.outputs)) {
    console.error(`${path}  ${(bytes / 1000).toFixed(1)} kB`);
  }
}
