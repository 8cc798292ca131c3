import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { signalPhases } from "../test/cli/signals/phases.ts";
import { createSignalWorld, type SignalPhase } from "../test/cli/signals/world.ts";
import { closeServers } from "../test/transport/servers.ts";

/** Milliseconds from a signal to the end of the process, beyond what a Node takes that does nothing but end. */
const limit = 200;

const idle = `process.on("SIGINT", () => process.exit(130)); setInterval(() => 0, 1000); process.stdout.write("1");`;

/** Interrupts every command in every phase, and a Node that does nothing as often. */
async function compare(): Promise<void> {
  const bare: number[] = [];
  const took: { readonly name: string; readonly milliseconds: number }[] = [];
  for (const phase of signalPhases) {
    bare.push(await bareNode());
    const milliseconds = await interrupted(phase);
    await closeServers();
    if (milliseconds !== null) took.push({ name: phase.name, milliseconds });
  }
  took.sort((one, other) => other.milliseconds - one.milliseconds);
  const ordinary = median(bare);
  const worst = took[0]?.milliseconds ?? Number.NaN;
  const holds = worst <= ordinary + limit;
  console.log("\nFrom SIGINT to the end of the process, in milliseconds");
  for (const { name, milliseconds } of took.slice(0, 12))
    console.log(`  ${milliseconds.toFixed(0).padStart(6)}  ${name}`);
  console.log(
    `  ${median(took.map(({ milliseconds }) => milliseconds))
      .toFixed(0)
      .padStart(6)}  median of ${took.length}`,
  );
  console.log(`  ${ordinary.toFixed(0).padStart(6)}  a Node that does nothing`);
  console.log(`  ${holds ? "holds" : "FAILS"}  the worst is at most ${limit} ms more than that`);
  if (!holds) process.exitCode = 1;
}

async function bareNode(): Promise<number> {
  const child = spawn(process.execPath, ["-e", idle], { stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  return ending(child);
}

/** Null for a command on a terminal of its own, whose end is that of the terminal. */
async function interrupted(phase: SignalPhase): Promise<number | null> {
  const world = await createSignalWorld();
  try {
    const child = await Promise.race([phase.start(world), world.endedEarly]);
    child.stderr?.resume();
    const milliseconds = await ending(child);
    return child.spawnfile.endsWith("script") ? null : milliseconds;
  } finally {
    await world.remove();
  }
}

async function ending(child: ChildProcess): Promise<number> {
  const ended = once(child, "exit");
  const started = performance.now();
  child.kill("SIGINT");
  await ended;
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

void compare().then(() => process.exit());
