import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { cliPath, createMachine, finished, type Machine } from "./cliProcess.ts";
import { answerOf, type HostileServer, startHostileServer } from "./hostileServer.ts";

const body = "the body\n";

describe("standard output that is lost", () => {
  let machine: Machine;
  let server: HostileServer;

  before(async function () {
    if (process.platform === "win32") return this.skip();
    machine = await createMachine();
    server = await startHostileServer(() => answerOf([], body));
    await machine.write("work/a.awsreq", `# @auth none\nGET ${server.url}/\n`);
  });

  after(async () => {
    await server?.close();
    await machine?.remove();
  });

  it("fault 107: says so, and no more, when standard output takes no more", async function () {
    const device = join(machine.work, "full-stdout");
    if (spawnSync("mknod", ["-m", "0644", device, "c", "1", "7"]).status !== 0) return this.skip();
    const run = async (redirected: string, args: string, env = {}) => {
      const child = spawn(
        "sh",
        ["-c", `exec "$1" "$2" ${args} ${redirected} full-stdout`, "sh", process.execPath, cliPath],
        {
          cwd: machine.work,
          env: { PATH: process.env["PATH"], HOME: machine.home, ...env },
          stdio: "pipe",
        },
      );
      return finished(child);
    };
    for (const args of [
      "send a.awsreq",
      "send a.awsreq --json",
      "list a.awsreq",
      "list a.awsreq --json",
      "--help",
    ]) {
      for (const env of [{}, { GITHUB_ACTIONS: "true" }]) {
        const { code, stderr } = await run(">", args, env);
        const lines = stderr.split("\n").filter((line) => line !== "" && !/^(?:::|200 OK)/.test(line));
        assert.deepEqual(lines, [
          "awsreq: error: Standard output cannot be written: the disk is full. (E_STDOUT)",
          "  → Free some space, or send it elsewhere.",
        ]);
        assert.equal(code, 4);
      }
    }
    const { code, stdout } = await run("2>", "send a.awsreq");
    assert.deepEqual([code, stdout], [0, body]);
  });
});
