import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMachine, credentialsFile, finished, type Machine, startNotedEndpoint } from "./cliProcess.ts";
import { noTerminal } from "./onTerminal.ts";
import { createSignalWorld, startOnTerminal, until } from "./signals/world.ts";

/** Comments that make a file too large for the thread that listens to signals. */
const padding = `${"# ".padEnd(80, "x")}\n`.repeat(1_000);

describe("a request file that a thread of its own works on", () => {
  let machine: Machine;
  let endpoint: Awaited<ReturnType<typeof startNotedEndpoint>>;
  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint();
    await machine.write(".aws/credentials", credentialsFile());
    const head = "# @region us-east-1\n# @service execute-api\n# @profile canary\n";
    const text = `${head}GET ${endpoint.url}/prod/pets\n\n### Second\nGET ${endpoint.url}/prod/missing\n`;
    await machine.write("work/small.awsreq", text);
    await machine.write("work/large.awsreq", `${text}\n###\n${padding}`);
  });
  after(async () => {
    await machine.remove();
    await endpoint.close();
  });

  for (const args of [
    ["list"],
    ["list", "--json"],
    ["explain", "--line", "4", "--at", "20260101T000000Z"],
    ["send", "--line", "4"],
    ["send", "--request", "Second"],
    ["send", "--line", "999999"],
    ["whoami", "--nothing"],
  ]) {
    it(`is worked on as a small one is: ${args.join(" ")}`, async () => {
      const [command = "", ...options] = args;
      const [small, large] = await Promise.all(
        ["small.awsreq", "large.awsreq"].map((file) => machine.run([command, file, ...options])),
      );
      const comparable = (text = "") =>
        text.replace(/large/g, "small").replace(/\d+(?:\.\d+)? m?s\b/g, "1 ms");
      assert.equal(large?.code, small?.code);
      assert.equal(comparable(large?.stdout), comparable(small?.stdout));
      assert.equal(comparable(large?.stderr), comparable(small?.stderr));
    });
  }

  it("comes from standard input, and its body goes into a file", async () => {
    const text = await readFile(join(machine.work, "large.awsreq"), "utf8");
    const child = machine.start(["send", "-", "--line", "4", "--output", "out"], {}, text);
    assert.equal((await finished(child)).code, 0);
    assert.match(await readFile(join(machine.work, "out"), "utf8"), /Rex|name/);
  });

  it("is refused where it is no text, as a document too", async () => {
    await writeFile(
      join(machine.work, "bad.awsreq"),
      Buffer.concat([Buffer.from(padding), Buffer.from([0xff])]),
    );
    const { code, stdout } = await machine.run(["list", "bad.awsreq", "--json"]);
    assert.deepEqual([code, JSON.parse(stdout).error.code], [2, "E_FILE_ENCODING"]);
  });

  it("fault 107: ends quietly when its reader has seen enough", async () => {
    await machine.write("work/many.awsreq", "GET https://a.example/pets\n\n###\n".repeat(3_000));
    const child = machine.start(["list", "many.awsreq"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code, stderr } = await finished(child);
    assert.deepEqual([code, stderr], [0, ""]);
  });

  it("fences what it writes on a runner of GitHub Actions", async () => {
    const { stdout } = await machine.run(["list", "large.awsreq"], { GITHUB_ACTIONS: "true" });
    assert.match(stdout, /^::stop-commands::(\w+)\n[\s\S]*\n::\1::\n$/);
  });

  it("asks on the terminal, and takes the answer", async function () {
    if (noTerminal !== null) this.skip();
    const world = await createSignalWorld();
    try {
      await world.write(".aws/credentials", credentialsFile());
      const ask = `# @region us-east-1\n# @service execute-api\n# @profile canary\nGET http://sub.invalid/pets\n`;
      const file = await world.write("work/a.awsreq", `${ask}\n###\n${padding}`);
      const env = { AWSREQ_PLAIN_HTTP_HOSTS: "sub.invalid" };
      const terminal = startOnTerminal(world, ["send", file, "--line", "4"], env);
      let screen = "";
      terminal.stdout?.on("data", (bytes: Buffer) => {
        screen += bytes.toString();
      });
      await until(() => /\[y\/.*N\]/.test(screen));
      terminal.stdin?.write("n\n");
      await finished(terminal);
      assert.match(screen, /E_NOT_APPROVED/);
    } finally {
      await world.remove();
    }
  });
});
