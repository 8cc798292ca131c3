import assert from "node:assert/strict";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMachine, credentialsFile, type Machine } from "./cliProcess.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

describe("awsreq approvals", () => {
  let machine: Machine;
  const approvals = () => join(machine.home, ".config/awsreq/approvals.json");

  beforeEach(async () => {
    machine = await createMachine();
    await machine.write(".aws/credentials", credentialsFile());
    for (const host of ["one.invalid", "two.invalid"]) {
      const file = await machine.write(`work/${host}.awsreq`, `${head}GET https://${host}/\n`);
      await machine.run(["send", file, "--approve", `canary@${host}`]);
    }
  });

  afterEach(() => machine.remove());

  it("lists what was approved, for people and for programs", async () => {
    const { stdout, code } = await machine.run(["approvals", "list"]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^[0-9a-f]{8} {2}send to https:\/\/one\.invalid with profile canary, changes too\n {10}in .*work, last used \d{4}-\d\d-\d\d\n[0-9a-f]{8} {2}send to https:\/\/two\.invalid/,
    );
    const listed = JSON.parse((await machine.run(["approvals", "--json"])).stdout);
    assert.deepEqual([listed.version, listed.approvals.length], [1, 2]);
    assert.deepEqual(Object.keys(listed.approvals[0]), ["id", "what", "folder", "lastUsed", "ends"]);
  });

  it("forgets one by one, and the next send asks again", async () => {
    const [first] = JSON.parse((await machine.run(["approvals", "--json"])).stdout).approvals;
    const { stderr, code } = await machine.run(["approvals", "forget", first.id]);
    assert.deepEqual([code, stderr], [0, "Forgotten: 1. The next send asks again.\n"]);
    assert.equal((await machine.run(["send", "one.invalid.awsreq"])).code, 3);
    assert.equal((await machine.run(["send", "two.invalid.awsreq"])).code, 4);
  });

  it("forgets all of them, and says so where there is none", async () => {
    assert.match((await machine.run(["approvals", "forget", "--all"])).stderr, /^Forgotten: 2\./);
    assert.match((await machine.run(["approvals", "forget", "--all"])).stderr, /^There was no approval/);
    assert.match((await machine.run(["approvals"])).stderr, /^Nothing is approved\.$/m);
    assert.match(await readFile(approvals(), "utf8"), /"approvals": \[\s*\]/);
  });

  it("says what it does not understand", async () => {
    for (const args of [
      ["forget"],
      ["forget", "abc", "--all"],
      ["list", "abc"],
      ["drop"],
      ["forget", "zz"],
    ]) {
      const { code, stderr } = await machine.run(["approvals", ...args]);
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, /E_USAGE/);
    }
  });

  it("counts none that somebody else could have written", async () => {
    await chmod(approvals(), 0o666);
    const { code, stderr } = await machine.run(["send", "one.invalid.awsreq"]);
    assert.equal(code, 3);
    assert.match(stderr, /approvals\.json can be written by others .*do not count\./);
  });
});
