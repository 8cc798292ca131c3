import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cliPath, createMachine, finished, type Machine } from "./cliProcess.ts";

describe("a request file that is no ordinary file", () => {
  let machine: Machine;
  before(async function () {
    if (process.platform === "win32") this.skip();
    machine = await createMachine();
  });
  after(() => machine?.remove());

  const bash = (script: string) => {
    const child = spawn("bash", ["-c", script, "bash", process.execPath, cliPath], {
      cwd: machine.work,
      env: { PATH: process.env["PATH"], HOME: machine.home },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = setTimeout(() => child.kill("SIGKILL"), 20_000);
    return finished(child).finally(() => clearTimeout(stop));
  };

  it("is read from process substitution, at once, slowly, or empty", async function () {
    this.timeout(30_000);
    const whole = await bash(`"$1" "$2" list <(printf 'GET https://a.example/pets\\n')`);
    assert.match(whole.stdout, /GET https:\/\/a\.example\/pets/);
    const slow = await bash(
      `"$1" "$2" list <(sleep 1; printf 'GET https://a'; sleep 0.3; printf '.example/pets\\n')`,
    );
    assert.match(slow.stdout, /GET https:\/\/a\.example\/pets/);
    assert.equal((await bash(`"$1" "$2" list <(true)`)).code, 0);
    const input = await bash(`printf 'GET https://a.example/x\\n' | "$1" "$2" list /dev/stdin`);
    assert.match(input.stdout, /GET https:\/\/a\.example\/x/);
  });

  it("is read from a FIFO whose writer is yet to come", async function () {
    this.timeout(30_000);
    execFileSync("mkfifo", [join(machine.work, "late")]);
    const child = machine.start(["list", "late"]);
    const done = finished(child);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await writeFile(join(machine.work, "late"), "GET https://a.example/late\n");
    assert.match((await done).stdout, /GET https:\/\/a\.example\/late/);
  });

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    it(`stops waiting for a FIFO at ${signal}`, async function () {
      this.timeout(30_000);
      execFileSync("mkfifo", [join(machine.work, signal)]);
      const child = machine.start(["send", signal], {}, null);
      const stop = setTimeout(() => child.kill("SIGKILL"), 15_000);
      const done = finished(child);
      await new Promise((resolve) => setTimeout(resolve, 700));
      child.kill(signal);
      assert.equal((await done).code, code);
      clearTimeout(stop);
      child.stdin?.end();
    });

  it("is read up to its limit and no further", async () => {
    const { code, stderr } = await machine.run(["send", "/dev/zero"]);
    assert.equal(code, 2);
    assert.match(stderr, /\/dev\/zero is larger than 5 MB/);
    const endless = await bash(`"$1" "$2" list <(yes '# endless')`);
    assert.equal(endless.code, 2);
    assert.match(endless.stderr, /larger than 5 MB/);
    const folder = await machine.run(["send", "."]);
    assert.match(folder.stderr, /cannot be read: it is a folder/);
  });
});
