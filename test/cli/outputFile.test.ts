import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, existsSync, openSync, readdirSync } from "node:fs";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  open,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { commandsIn } from "./actionsRunner.ts";
import { cliPath, createMachine, finished, type Machine } from "./cliProcess.ts";
import { answerOf, type HostileServer, startHostileServer } from "./hostileServer.ts";

const isRoot = process.getuid?.() === 0;
const body = "the exact bytes\u009b\n".repeat(10);

describe("--output", () => {
  let machine: Machine;
  let server: HostileServer;
  let sent = 0;
  let answer = answerOf([], body);

  before(async function () {
    if (process.platform === "win32") return this.skip();
    machine = await createMachine();
    server = await startHostileServer(() => {
      sent += 1;
      return answer;
    });
    await machine.write("work/a.awsreq", `# @auth none\nGET ${server.url}/\n`);
  });

  after(async () => {
    await server?.close();
    await machine?.remove();
  });

  beforeEach(() => {
    sent = 0;
    answer = answerOf([], body);
  });

  const send = (output: string, ...more: string[]) =>
    machine.run(["send", "a.awsreq", "--output", output, ...more]);
  const at = (name: string) => join(machine.work, name);
  const textOf = (name: string) => readFile(at(name), "utf8");

  function assertNothingLeft(folder = machine.work): void {
    assert.deepEqual(
      readdirSync(folder).filter((name) => /\.part$|^\.awsreq/.test(name)),
      [],
    );
  }

  /** It is said before anything is sent. */
  async function refused(output: string, why: RegExp): Promise<void> {
    sent = 0;
    const { code, stdout, stderr } = await send(output);
    assert.match(stderr, why);
    assert.match(stderr, /E_OUTPUT/);
    assert.deepEqual([code, stdout, sent], [2, "", 0]);
    assertNothingLeft();
  }

  it("makes a new file for its owner alone, and replaces one with its mode kept", async () => {
    assert.equal((await send("new.txt")).code, 0);
    assert.deepEqual([await textOf("new.txt"), (await stat(at("new.txt"))).mode & 0o7777], [body, 0o600]);
    for (const mode of [0o640, 0o755, 0o666, 0o200]) {
      await writeFile(at("old.txt"), "old and longer than what comes".repeat(100));
      await chmod(at("old.txt"), mode);
      const before = await stat(at("old.txt"));
      assert.equal((await send("old.txt")).code, 0);
      const after = await stat(at("old.txt"));
      assert.deepEqual([after.mode & 0o7777, after.uid, after.gid], [mode, before.uid, before.gid]);
      await chmod(at("old.txt"), 0o600);
      assert.equal(await textOf("old.txt"), body);
    }
    assertNothingLeft();
  });

  for (const [from, tmpdir] of [
    ["the file system of the file", undefined],
    ["another file system", "/dev/shm"],
  ] as const) {
    it(`does the same with a body that is kept on ${from}`, async function () {
      if (tmpdir !== undefined && !existsSync(tmpdir)) return this.skip();
      const large = "0123456789abcdef".repeat(200_000);
      answer = answerOf([], large);
      await writeFile(at("before.txt"), "old");
      await chmod(at("before.txt"), 0o640);
      await symlink("before.txt", at("leads"));
      const env: Record<string, string> = tmpdir === undefined ? {} : { TMPDIR: tmpdir };
      for (const [name, mode] of [
        ["large.txt", 0o600],
        ["leads", 0o640],
      ] as const) {
        const { code } = await machine.run(["send", "a.awsreq", "--output", name], env);
        assert.deepEqual([code, (await stat(at(name))).mode & 0o7777], [0, mode]);
        assert.ok((await textOf(name)) === large);
      }
      assert.ok((await lstat(at("leads"))).isSymbolicLink());
      assertNothingLeft();
      await rm(at("leads"));
    });
  }

  it("takes a name as long as names may be", async () => {
    const name = "n".repeat(255);
    assert.equal((await send(name)).code, 0);
    assert.equal(await textOf(name), body);
  });

  it("follows links and leaves them: to a file, through links, to what is not there yet", async () => {
    await mkdir(at("deep"));
    await writeFile(at("deep/real.txt"), "old");
    await symlink("deep/real.txt", at("one"));
    await symlink(at("one"), at("two"));
    await symlink("deep/made.txt", at("dangling"));
    for (const [name, target] of [
      ["two", "deep/real.txt"],
      ["dangling", "deep/made.txt"],
    ] as const) {
      assert.equal((await send(name)).code, 0);
      assert.ok((await lstat(at(name))).isSymbolicLink());
      assert.equal(await textOf(target), body);
    }
    assert.equal(await readlink(at("two")), at("one"));
    assertNothingLeft(at("deep"));
    await symlink("circle-b", at("circle-a"));
    await symlink("circle-a", at("circle-b"));
    await refused("circle-a", /circle-a cannot be written: /);
    await symlink("nowhere/file", at("astray"));
    await refused("astray", /astray cannot be written: there is no such file or folder/);
  });

  it("writes into a file that has other names", async () => {
    await writeFile(at("first"), "old and longer than what comes".repeat(100));
    await link(at("first"), at("second"));
    const { ino } = await stat(at("first"));
    assert.equal((await send("second")).code, 0);
    assert.deepEqual([await textOf("first"), await textOf("second")], [body, body]);
    assert.equal((await stat(at("second"))).ino, ino);
  });

  /** A device of our own: a fault in what is tested must never reach those of the machine. */
  const makeDevice = (name: string, minor: number) =>
    isRoot && spawnSync("mknod", ["-m", "0644", at(name), "c", "1", String(minor)]).status === 0;

  it("writes to a device and leaves it a device", async function () {
    if (!makeDevice("null", 3)) return this.skip();
    const before = await lstat(at("null"));
    await symlink("null", at("to-null"));
    for (const name of ["null", "to-null"]) {
      const { code, stderr, stdout } = await send(name);
      assert.deepEqual([code, stdout], [0, ""], stderr);
      const after = await lstat(at("null"));
      assert.deepEqual([after.isCharacterDevice(), after.mode, after.ino], [true, before.mode, before.ino]);
    }
    assert.ok((await lstat(at("to-null"))).isSymbolicLink());
  });

  it("fault 107: says when a device takes no more, after the answer", async function () {
    if (!makeDevice("full", 7)) return this.skip();
    const { code, stderr } = await send("full");
    assert.match(stderr, /^200 OK.*\nerror: full cannot be written: the disk is full\. \(E_OUTPUT\)/);
    assert.equal(code, 4);
    const json = await send("full", "--json");
    assert.equal(JSON.parse(json.stdout).requests[0].error.code, "E_OUTPUT");
    assert.equal(json.code, 4);
  });

  it("writes to a named pipe, however slow its reader is", async () => {
    const large = "0123456789abcdef".repeat(40_000);
    answer = answerOf([], large);
    assert.equal(spawnSync("mkfifo", [at("pipe")]).status, 0);
    const reader = spawn("sh", ["-c", "(sleep 0.3; cat) < pipe"], { cwd: machine.work });
    const read = finished(reader);
    // Opened for both so that the pipe has a reader from now on, whenever the other one comes.
    const held = openSync(at("pipe"), constants.O_RDWR);
    const child = machine.start(["send", "a.awsreq", "--output", "pipe"]);
    const { code, stderr } = await finished(child);
    closeSync(held);
    assert.equal(code, 0, stderr);
    assert.equal((await read).stdout, large);
    assert.ok((await lstat(at("pipe"))).isFIFO());
  });

  it("does not wait for the reader of a named pipe", async () => {
    spawnSync("mkfifo", [at("unread")]);
    await refused("unread", /unread cannot be written: nobody reads from it/);
  });

  it("writes where descriptors lead, and takes nothing away that stands there", async function () {
    if (process.platform !== "linux") return this.skip();
    for (const name of ["/proc/self/fd/1", "/dev/fd/1"]) {
      const { code, stdout, stderr } = await send(name);
      assert.deepEqual([code, stdout], [0, body], stderr);
    }
    await symlink("/proc/self/fd/1", at("stdout"));
    assert.equal((await send("stdout")).stdout, body);
    assert.ok((await lstat(at("stdout"))).isSymbolicLink());
    await symlink("/proc/self/fd/2", at("stderr"));
    assert.match((await send("stderr")).stderr, /the exact bytes/);
    const ran = spawn(
      "sh",
      [
        "-c",
        'echo before > log; "$1" "$2" send a.awsreq --output stdout >> log; echo after >> log; ' +
          'exec 3> three; echo before >&3; "$1" "$2" send a.awsreq --output /dev/fd/3; echo after >&3; ' +
          '"$1" "$2" send a.awsreq --output stdout | cat > piped',
        "sh",
        process.execPath,
        cliPath,
      ],
      { cwd: machine.work, env: { PATH: process.env["PATH"], HOME: machine.home }, stdio: "pipe" },
    );
    const { stderr } = await finished(ran);
    assert.equal(await textOf("log"), `before\n${body}after\n`, stderr);
    assert.equal(await textOf("three"), `before\n${body}after\n`, stderr);
    assert.equal(await textOf("piped"), body, stderr);
  });

  it("lets standard output be no way around what a runner obeys", async () => {
    answer = answerOf([], "##[set-output name=a;]b");
    const child = machine.start(["send", "a.awsreq", "--output", "/proc/self/fd/1"], {
      GITHUB_ACTIONS: "true",
    });
    const { stdout } = await finished(child);
    assert.ok(stdout.includes("##["));
    assert.deepEqual(commandsIn(stdout), []);
  });

  it("fault 107: refuses what nobody may write, root neither, before anything is sent", async () => {
    await writeFile(at("kept.txt"), "kept", { mode: 0o444 });
    await symlink("kept.txt", at("to-kept"));
    await refused("kept.txt", /kept\.txt cannot be written: it is read-only/);
    await refused("to-kept", /to-kept cannot be written: it is read-only/);
    assert.equal(await textOf("kept.txt"), "kept");
    await mkdir(at("closed"), { mode: 0o555 });
    await refused("closed/new.txt", /closed\/new\.txt cannot be written: its folder is read-only/);
    await chmod(at("closed"), 0o755);
    await refused(".", /it is a folder/);
    await mkdir(at("folder"));
    await refused("folder", /it is a folder/);
    await refused("folder/", /it is a folder/);
    await refused("nowhere/", /cannot be written/);
    await refused("", /cannot be written/);
    await refused("a.awsreq/x", /a part of its path is not a folder/);
    await refused("x".repeat(256), /its name is too long/);
    const socket = createServer().listen(at("socket"));
    await once(socket, "listening");
    await refused("socket", /it is a socket/);
    socket.close();
  });

  it("keeps the owner of a file", async function () {
    if (!isRoot) return this.skip();
    await writeFile(at("theirs.txt"), "old");
    await chown(at("theirs.txt"), 12_345, 12_346);
    assert.equal((await send("theirs.txt")).code, 0);
    const { uid, gid } = await stat(at("theirs.txt"));
    assert.deepEqual([uid, gid, await textOf("theirs.txt")], [12_345, 12_346, body]);
  });

  it("is the same for a person who is not root", async function () {
    if (!isRoot) return this.skip();
    const uid = 65_534;
    const folder = at("person");
    await mkdir(folder);
    await chmod(machine.home, 0o755);
    const run = async (output: string) => {
      const child = spawn(process.execPath, [cliPath, "send", "-", "--output", output], {
        cwd: folder,
        env: { PATH: process.env["PATH"], HOME: folder },
        stdio: "pipe",
        uid,
        gid: uid,
      });
      child.stdin.end(`# @auth none\nGET ${server.url}/\n`);
      const { code, stderr } = await finished(child);
      assertNothingLeft(folder);
      return { code, stderr };
    };
    if (/EACCES|Cannot find module/.test((await run("new.txt")).stderr)) return this.skip();
    assert.match((await run("new.txt")).stderr, /you may not go there/);
    // A file of theirs in a folder that is not.
    await writeFile(join(folder, "mine.txt"), "old and longer than what comes".repeat(100), { mode: 0o600 });
    await chown(join(folder, "mine.txt"), uid, uid);
    assert.equal((await run("mine.txt")).code, 0);
    assert.equal(await readFile(join(folder, "mine.txt"), "utf8"), body);
    // A file of somebody else in a folder in which only owners may rename.
    await chmod(folder, 0o1777);
    await writeFile(join(folder, "shared.txt"), "old");
    await chmod(join(folder, "shared.txt"), 0o666);
    assert.equal((await run("shared.txt")).code, 0);
    assert.equal(await readFile(join(folder, "shared.txt"), "utf8"), body);
    assert.equal((await stat(join(folder, "shared.txt"))).uid, 0);
    await chmod(join(folder, "shared.txt"), 0o644);
    assert.match((await run("shared.txt")).stderr, /you may not go there/);
    assert.equal((await run("new.txt")).code, 0);
  });

  it("fault 107: leaves what was there when the disk takes only a part", async () => {
    answer = answerOf([], "x".repeat(100_000));
    await writeFile(at("small.txt"), "kept");
    const script = `trap '' XFSZ; ulimit -f 16; exec "$1" "$2" send a.awsreq --output small.txt`;
    const child = spawn("sh", ["-c", script, "sh", process.execPath, cliPath], {
      cwd: machine.work,
      env: { PATH: process.env["PATH"], HOME: machine.home },
      stdio: "pipe",
    });
    const { code, stderr } = await finished(child);
    assert.match(stderr, /small\.txt cannot be written: .*E_OUTPUT/);
    assert.deepEqual([code, await textOf("small.txt")], [4, "kept"]);
    assertNothingLeft();
  });

  for (const times of [1, 2]) {
    it(`leaves nothing behind when it is interrupted ${times === 1 ? "once" : "twice"}`, async () => {
      const slow = createServer((socket) => {
        socket.on("error", () => undefined);
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
      }).listen(0, "127.0.0.1");
      await once(slow, "listening");
      const connected = once(slow, "connection");
      const { port } = slow.address() as AddressInfo;
      await machine.write("work/slow.awsreq", `# @auth none\nGET http://127.0.0.1:${port}/\n`);
      await writeFile(at("kept-old"), "old");
      for (const name of ["kept-old", "never-made"]) {
        const again = name === "kept-old" ? connected : once(slow, "connection");
        const child = machine.start(["send", "slow.awsreq", "--output", name]);
        const ended = finished(child);
        await again;
        for (let time = 0; time < times; time++) child.kill("SIGINT");
        assert.equal((await ended).code, 130);
        assertNothingLeft();
      }
      slow.close();
      assert.equal(await textOf("kept-old"), "old");
      await assert.rejects(lstat(at("never-made")), { code: "ENOENT" });
    });
  }

  it("can be interrupted while nobody takes what is written", async () => {
    answer = answerOf([], "x".repeat(500_000));
    spawnSync("mkfifo", [at("stalled")]);
    const held = await open(at("stalled"), constants.O_RDWR);
    const child = machine.start(["send", "a.awsreq", "--output", "stalled"]);
    const ended = finished(child);
    await held.read(Buffer.alloc(1), 0, 1);
    child.kill("SIGINT");
    assert.equal((await ended).code, 130);
    await held.close();
  });
});
