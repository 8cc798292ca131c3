import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join, relative } from "node:path";
import { git } from "../guard/hostileRepository.ts";
import { cliPath, createMachine, type Machine } from "./cliProcess.ts";

const other = 12345;

describe("folders of another user above a request file", () => {
  let machine: Machine;
  let server: Server;
  let received: string[] = [];
  /** The other user's folder, and the person's own in it. */
  let theirs = "";
  let mine = "";
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  before(async function () {
    // Only root can give a file to another user.
    if (process.getuid?.() !== 0) this.skip();
    server = createServer((request, response) => {
      received.push(request.url ?? "");
      response.end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  });
  after(() => server?.close());
  beforeEach(async () => {
    received = [];
    machine = await createMachine();
    theirs = join(machine.work, "theirs");
    mine = join(theirs, "mine");
    await mkdir(mine, { recursive: true });
    git(theirs, "init", "-q");
    await writeFile(join(theirs, "http-client.env.json"), `{"dev": {"api": "${url()}/theirs"}}`);
    await writeFile(join(theirs, ".env"), "AWS_PROFILE=prod\n");
    await writeFile(join(theirs, "samconfig.toml"), '[default.global.parameters]\nregion = "eu-west-1"\n');
    await writeFile(join(mine, "a.awsreq"), "# @auth none\nPOST {{api}}/pets\n");
    await machine.write(
      ".aws/credentials",
      "[prod]\naws_access_key_id = AKIACANARYFOREIGN123\naws_secret_access_key = canary/foreign/0123456789abcdefghijklmnopq\n",
    );
  });
  afterEach(() => machine.remove());

  const give = async (...paths: readonly string[]) => {
    for (const path of paths) await chown(path, other, other);
  };
  const file = () => relative(machine.work, join(mine, "a.awsreq"));

  it("one's own are used, from the repository on", async () => {
    assert.equal((await machine.run(["send", file()])).code, 0);
    assert.deepEqual(received, ["/theirs/pets"]);
  });

  it("those of another user are not, and it is said", async () => {
    for (const given of [[theirs], [join(theirs, ".git")]]) {
      await give(...given);
      const { code, stderr } = await machine.run(["send", file()]);
      assert.equal(code, 2, stderr);
      assert.match(
        stderr,
        /theirs(?:\/\.git)? belongs to another user: no environment, \.env or samconfig\.toml/,
      );
      for (const path of given) await chown(path, 0, 0);
    }
    assert.deepEqual(received, []);
  });

  it("nor is what lies in the file's own folder when that is another user's", async () => {
    await give(mine);
    await writeFile(join(mine, "http-client.env.json"), `{"dev": {"api": "${url()}/mine"}}`);
    const { code, stderr } = await machine.run(["send", file()]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /mine belongs to another user/);
    assert.deepEqual(received, []);
  });

  it("nor what a repository of the person's own above it holds", async () => {
    const between = join(theirs, "between");
    await mkdir(join(between, "mine"), { recursive: true });
    await writeFile(join(between, "mine", "a.awsreq"), "# @auth none\nPOST {{api}}/pets\n");
    await give(between);
    const { code, stderr } = await machine.run(["send", "theirs/between/mine/a.awsreq"]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /between belongs to another user/);
  });

  it("a folder that a link leads to is the owner's of where it leads", async () => {
    await give(theirs);
    await symlink(theirs, join(machine.work, "linked"));
    const { code } = await machine.run(["send", "linked/mine/a.awsreq"]);
    assert.equal(code, 2);
    assert.deepEqual(received, []);
  });

  it("nobody signs because another user's .env says so", async () => {
    await give(theirs);
    const cwd = dirname(file());
    const who = await machine.run(["whoami", `${cwd}/a.awsreq`, "--json"]);
    assert.ok(!who.stdout.includes("AKIA"), who.stdout);
    await writeFile(
      join(mine, "signed.awsreq"),
      "# @region us-east-1\n# @service execute-api\nGET http://127.0.0.1:9/\n",
    );
    const { code, stderr } = await machine.run(["explain", `${cwd}/signed.awsreq`]);
    assert.equal(code, 3, stderr);
    assert.ok(!stderr.includes("signed as prod"), stderr);
  });

  it("nor is a file that another user left in one's own folder, which others may write to", async () => {
    await chmod(mine, 0o1777);
    for (const [name, text] of [
      ["http-client.env.json", `{"dev": {"api": "${url()}/left"}}`],
      [".env", "AWS_PROFILE=prod\n"],
    ] as const) {
      await writeFile(join(mine, name), text);
      await give(join(mine, name));
      const { code, stderr } = await machine.run(["send", file()]);
      assert.equal(code, 3, stderr);
      assert.match(stderr, new RegExp(`${name.replaceAll(".", "\\.")} belongs to another user`));
      await rm(join(mine, name));
    }
    assert.deepEqual(received, []);
  });

  it("nor does whoami where no file is named", async () => {
    await give(theirs);
    const { PATH = "" } = process.env;
    const options = { cwd: mine, env: { PATH, HOME: machine.home }, encoding: "utf8" } as const;
    const { stdout, stderr } = spawnSync(process.execPath, [cliPath, "whoami"], options);
    assert.ok(!`${stdout}${stderr}`.includes("AKIA") && !stdout.includes("prod"), stdout);
    assert.match(stderr, /theirs belongs to another user/);
  });

  it("root by sudo has the folders of whoever they were, as in git", async () => {
    await give(theirs, mine, join(theirs, ".git"));
    const sudo = await machine.run(["send", file()], { SUDO_UID: String(other) });
    assert.equal(sudo.code, 0, sudo.stderr);
    assert.deepEqual(received, ["/theirs/pets"]);
    const someoneElse = await machine.run(["send", file()], { SUDO_UID: "54321" });
    assert.equal(someoneElse.code, 2, someoneElse.stderr);
  });

  it("a file is not included from another user's repository without a question", async () => {
    await writeFile(join(theirs, "body.txt"), "body");
    await writeFile(join(mine, "b.awsreq"), `# @auth none\nPOST ${url()}/b\n\n< ../body.txt\n`);
    assert.equal((await machine.run(["send", "theirs/mine/b.awsreq", "--approve", "@127.0.0.1"])).code, 0);
    await give(theirs);
    received = [];
    const { stderr } = await machine.run(["send", "theirs/mine/b.awsreq", "--approve", "@127.0.0.1"]);
    assert.match(stderr, /E_REFUSED_INCLUDE_OUTSIDE/);
    assert.deepEqual(received, []);
  });

  it("nothing is said where nothing was passed over", async () => {
    await writeFile(join(machine.home, "plain.awsreq"), `# @auth none\nGET ${url()}/plain\n`);
    await chown(dirname(machine.home), 0, 0);
    const { code, stderr } = await machine.run(["send", "../plain.awsreq"]);
    assert.equal(code, 0);
    assert.ok(!stderr.includes("another user"), stderr);
  });
});
