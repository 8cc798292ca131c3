import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chown,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitMachine, gitState } from "../../src/guard/gitIgnored.ts";
import { git } from "./hostileRepository.ts";

const name = "http-client.private.env.json";
const uid = process.getuid?.() ?? null;

describe("where it cannot be told what git makes of a file", () => {
  let home = "";
  let root = "";
  const machine = (): GitMachine => ({ env: {}, home, platform: process.platform, uid });
  const state = (...parts: readonly string[]) => gitState(join(root, ...parts, name), machine());

  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), "awsreq-cannot-")));
    root = join(home, "repository");
    await mkdir(join(root, "sub"), { recursive: true });
    git(root, "init", "-q");
    await writeFile(join(root, name), "{}");
    await writeFile(join(root, "sub", name), "{}");
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("a worktree's and a submodule's `.git` file is not followed", async () => {
    git(root, "add", "-f", "sub");
    git(root, "commit", "-qm", "x");
    git(root, "worktree", "add", "-q", "../tree");
    assert.equal(await gitState(join(home, "tree", "sub", name), machine()), "cannotTell");
    await rm(join(root, ".git"), { recursive: true });
    await writeFile(join(root, ".git"), "gitdir: /nowhere\n");
    assert.equal(await state(), "cannotTell");
  });

  it("a `.git` that is a link, or shares another repository's files", async () => {
    await mkdir(join(home, "linked"));
    await symlink(join(root, ".git"), join(home, "linked", ".git"));
    assert.equal(await gitState(join(home, "linked", name), machine()), "cannotTell");
    await writeFile(join(root, ".git", "commondir"), "../../elsewhere/.git\n");
    assert.equal(await state(), "cannotTell");
  });

  it("a split index, and a folder that a sparse index does not spell out", async () => {
    await writeFile(join(root, "sub", "b"), "");
    git(root, "add", "-f", ".");
    git(root, "commit", "-qm", "x");
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "other");
    assert.equal(await state(), "tracked");
    assert.equal(await state("other"), "noRepository");
    await mkdir(join(root, "sub"), { recursive: true });
    assert.equal(await state("sub"), "cannotTell");
    git(root, "sparse-checkout", "disable");
    assert.equal(await state("sub"), "tracked");
    git(root, "update-index", "--split-index");
    assert.equal(await state("sub"), "cannotTell");
  });

  it("rules that are left out of the working tree", async () => {
    await writeFile(join(root, ".gitignore"), `${name}\n`);
    await writeFile(join(root, "sub", ".gitignore"), "");
    git(root, "add", "-f", ".gitignore", "sub/.gitignore");
    git(root, "update-index", "--skip-worktree", ".gitignore");
    assert.equal(await state("sub"), "ignored");
    await rm(join(root, ".gitignore"));
    assert.equal(await state("sub"), "cannotTell");
  });

  it("an index that is not understood, cut anywhere, or too large", async () => {
    const path = join(root, ".git", "index");
    await writeFile(join(root, ".gitignore"), "*\n");
    for (const version of ["2", "4"]) {
      git(root, "update-index", "--add", "--index-version", version, `sub/${name}`);
      const whole = await readFile(path);
      for (let end = 0; end < whole.length; end += 3) {
        await writeFile(path, whole.subarray(0, end));
        assert.equal(await state(), "cannotTell", `${version}: ${end}`);
      }
      await writeFile(path, whole);
      assert.equal(await state(), "ignored");
    }
    const whole = await readFile(path);
    for (const [offset, byte] of [
      [0, 0x45],
      [7, 9],
      [11, 0xff],
    ] as const) {
      await writeFile(path, Buffer.from(whole).fill(byte, offset, offset + 1));
      assert.equal(await state(), "cannotTell", `${offset}`);
    }
    await truncate(path, 3 * 1024 ** 3);
    assert.equal(await state(), "cannotTell");
  });

  it("files of git's that are links, FIFOs or too large; `.gitignore` as a link is no rule, as in git", async function () {
    if (process.platform === "win32") this.skip();
    await writeFile(join(home, "rules"), "*\n");
    await symlink(join(home, "rules"), join(root, ".gitignore"));
    assert.equal(await state(), "notIgnored");
    for (const place of [".git/info/exclude", ".git/index", "sub/.gitignore"]) {
      const path = join(root, place);
      await rm(path, { force: true });
      execFileSync("mkfifo", [path]);
      assert.equal(await state("sub"), "cannotTell", place);
      await rm(path);
      await writeFile(path, "");
      await truncate(path, 3 * 1024 ** 3);
      assert.equal(await state("sub"), "cannotTell", place);
      await rm(path);
    }
    await symlink(join(home, "rules"), join(root, ".git", "index"));
    assert.equal(await state(), "cannotTell");
  });

  it("rules that take long to match do not take long", async function () {
    this.timeout(10_000);
    const folder = "a".repeat(200);
    await mkdir(join(root, folder));
    await writeFile(join(root, ".gitignore"), `${"*a".repeat(20)}b\n`);
    assert.equal(await state(folder), "cannotTell");
    await writeFile(join(root, ".gitignore"), "*a*b*c\n".repeat(100_000));
    assert.equal(await state(folder), "cannotTell");
    for (const text of [
      "a\n".repeat(400_000),
      "é".repeat(100_000),
      "[".repeat(100_000),
      "\\ ".repeat(100_000),
    ]) {
      await writeFile(join(root, ".gitignore"), text);
      assert.equal(await state("sub"), "cannotTell", text.slice(0, 10));
    }
    await writeFile(join(root, ".gitignore"), "a/very/ordinary/rule-*\n".repeat(2000));
    assert.equal(await state("sub"), "notIgnored");
  });

  it("a repository of another user", async function () {
    if (uid !== 0) this.skip();
    await chown(join(root, ".git"), 12345, 12345);
    assert.equal(await state(), "cannotTell");
    const before = { ...machine(), env: { SUDO_UID: "12345" } };
    assert.equal(await gitState(join(root, name), before), "notIgnored");
    await chown(join(root, ".git"), 0, 0);
    await chown(root, 12345, 12345);
    assert.equal(await state(), "cannotTell");
  });

  it("what the person's own configuration names is read, what the repository's names is not", async () => {
    await writeFile(join(home, "mine"), `${name}\n`);
    git(root, "config", "core.excludesFile", join(home, "mine"));
    git(root, "config", "core.worktree", "/nowhere");
    git(root, "config", "core.ignoreCase", "true");
    await writeFile(join(root, ".gitignore"), `${name.toUpperCase()}\n`);
    assert.equal(await state(), "notIgnored");
    await writeFile(join(home, ".gitconfig"), "[user]\n\tname = a\n[core]\n\texcludesFile = ~/mine ; all\n");
    assert.equal(await state(), "ignored");
    await writeFile(join(home, ".gitconfig"), "");
    const elsewhere = { ...machine(), env: { XDG_CONFIG_HOME: join(home, "xdg") } };
    await mkdir(join(home, "xdg", "git"), { recursive: true });
    await writeFile(join(home, "xdg", "git", "ignore"), "*.json\n");
    assert.equal(await gitState(join(root, name), elsewhere), "ignored");
  });

  it("a folder that is only called `.git` is passed over, and so is a bare repository", async () => {
    await mkdir(join(root, "sub", ".git"));
    await writeFile(join(root, ".gitignore"), "*\n");
    assert.equal(await state("sub"), "ignored");
    git(root, "init", "-q", "--bare", "bare");
    assert.equal(await state("bare"), "ignored");
    assert.equal(await state(".git"), "noRepository");
  });
});
