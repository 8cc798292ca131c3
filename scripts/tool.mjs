import { ensureInstalled, run, tool } from "./install.mjs";

const [name, ...args] = process.argv.slice(2);
ensureInstalled();
run(tool(name), args);
