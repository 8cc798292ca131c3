import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { closeServers } from "../transport/servers.ts";
import { signalPhases } from "./signals/phases.ts";
import { createSignalWorld, type SignalPhase, until } from "./signals/world.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

describe("a signal ends every wait", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });
  afterEach(closeServers);

  for (const phase of signalPhases) {
    it(`fault 91: ${phase.name}`, async function () {
      this.timeout(60_000);
      await Promise.all(signals.map((signal) => interrupted(phase, signal)));
    });
  }
});

/** Brings a command into its phase, sends the signal, and asserts what must hold afterwards. */
async function interrupted(phase: SignalPhase, signal: (typeof signals)[number]): Promise<void> {
  const world = await createSignalWorld();
  try {
    const child = await Promise.race([phase.start(world), world.endedEarly]);
    assert.equal(child.exitCode, null, "it ended before the signal came");
    const ended = ending(child);
    child.kill(signal);
    const { code, stderr } = await bounded(ended, () => child.kill("SIGKILL"));
    // A look-up holds a thread that Node waits for at its exit: that process ends by the signal itself.
    const shell = code ?? 128 + (constants.signals[child.signalCode ?? "SIGKILL"] ?? 0);
    assert.equal(shell, 128 + constants.signals[signal]);
    assert.doesNotMatch(stderr, /\n\s+at /);
    if (!child.spawnfile.endsWith("script"))
      assert.equal(stderr.match(/^.*E_CANCELLED.*$/gm)?.length, 1, stderr);
    assert.deepEqual(world.leftFiles(), []);
    await until(() => world.leftProcesses().length === 0);
  } finally {
    await world.remove();
  }
}

/** Waits for a process, without reading its standard output. */
async function ending(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const told = child.stderr === null ? [] : [once(child.stderr, "close")];
  const [[code]] = await Promise.all([once(child, "exit"), ...told]);
  return { code: code as number | null, stderr };
}

/** Kills what has not ended after some seconds: a loaded machine is slow, but a process that hangs is a failure. */
async function bounded<T>(promise: Promise<T>, kill: () => void): Promise<T> {
  const timer = setTimeout(kill, 4_000);
  return promise.finally(() => clearTimeout(timer));
}
