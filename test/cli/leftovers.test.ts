import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { keptName, temporaryName } from "../../src/transport/temporary.ts";
import { answering, closeServers } from "../transport/servers.ts";
import { createMachine, type Machine } from "./cliProcess.ts";

describe("what a killed process leaves behind", () => {
  let machine: Machine;
  let tmp = "";
  const env = () => ({ TMPDIR: tmp });

  beforeEach(async () => {
    machine = await createMachine();
    tmp = join(machine.home, "tmp");
    await mkdir(tmp);
  });
  afterEach(async () => {
    await closeServers();
    await machine.remove();
  });

  const head = "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n";

  it("is removed by the next one: bodies in the temporary folder, and the file beside that of --output", async () => {
    const started = await answering(Buffer.concat([Buffer.from(head), Buffer.alloc(3_000_000, "x")]));
    await machine.write("work/a.awsreq", `# @auth none\nGET http://127.0.0.1:${started.port}/\n`);
    const child = machine.start(["send", "a.awsreq", "--output", "out"], env());
    const parts = () => readdirSync(machine.work).filter((name) => name.endsWith(".part"));
    while (readdirSync(tmp).length === 0 || parts().length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill("SIGKILL");
    await once(child, "close");
    assert.deepEqual([readdirSync(tmp).length, parts().length], [1, 1]);
    const ok = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    await machine.write("work/b.awsreq", `# @auth none\nGET http://127.0.0.1:${ok.port}/\n`);
    assert.equal((await machine.run(["send", "b.awsreq", "--output", "out"], env())).code, 0);
    assert.deepEqual([readdirSync(tmp), parts()], [[], []]);
  });

  it("is told apart from what runs, from what other machines and other programs made, and from links", async () => {
    const ended = temporaryName().replace(/-\d+-/, "-4194999-");
    const running = temporaryName();
    const elsewhere = ended.replace(/^awsreq-.{8}/, "awsreq-00000000");
    const others = ["awsreq-notes", "awsreq-cli-abc", "x.part"];
    const linked = ended.replace(/.{12}$/, "000000000000");
    for (const name of [ended, running, elsewhere, ...others]) mkdirSync(join(tmp, name));
    mkdirSync(join(machine.home, "mine"));
    symlinkSync(join(machine.home, "mine"), join(tmp, linked));
    const [fresh, old] = [keptName(), keptName()];
    for (const name of [fresh, old]) writeFileSync(join(tmp, name), "body");
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
    utimesSync(join(tmp, old), twoDaysAgo, twoDaysAgo);
    const ok = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    await machine.write("work/b.awsreq", `# @auth none\nGET http://127.0.0.1:${ok.port}/\n`);
    assert.equal((await machine.run(["send", "b.awsreq"], env())).code, 0);
    assert.deepEqual(readdirSync(tmp).sort(), [running, elsewhere, linked, fresh, ...others].sort());
    assert.ok(existsSync(join(machine.home, "mine")));
  });
});
