import { statSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

/** Makes the VSIX in the checkout's folder. */
ensureInstalled();
const { packageExtension, vsixName } = await import("./vsix.mjs");
const outfile = join(root, vsixName());
await packageExtension(outfile);
console.error(`${vsixName()}  ${(statSync(outfile).size / 1000).toFixed(0)} kB`);
