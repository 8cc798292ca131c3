import { effectFaults } from "./effects.mjs";
import { ensureInstalled, run, tool } from "./install.mjs";

ensureInstalled();
run(tool("biome"), ["check", "--error-on-warnings", "."]);
const faults = effectFaults();
for (const fault of faults) console.error(`error: ${fault}`);
if (faults.length > 0) process.exit(1);
