import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gitIgnorePath, gitState, withIgnored } from "../../src/guard/gitIgnored.ts";
import { privateEnvironmentWarning } from "../../src/guard/privateEnvironment.ts";

const name = "http-client.private.env.json";
const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("GIT_")));
const settings = { env: {}, home: null, platform: process.platform, uid: process.getuid?.() ?? null };

describe("gitState", () => {
  let root = "";
  const path = (...parts: readonly string[]): string => join(root, ...parts);
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      stdio: "ignore",
      env,
    });
  };

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "awsreq-git-")));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("outside of a repository there is none", async () => {
    await writeFile(path(name), "{}");
    assert.equal(await gitState(path(name), settings), "noRepository");
  });

  it("tells a file that is tracked, ignored, or neither, there or not", async () => {
    git("init");
    await mkdir(path("sub"));
    assert.equal(await gitState(path("sub", name), settings), "notIgnored");
    await writeFile(path(name), "{}");
    assert.equal(await gitState(path(name), settings), "notIgnored");
    git("add", name);
    assert.equal(await gitState(path(name), settings), "tracked");
    await writeFile(path(".gitignore"), withIgnored("", name));
    assert.equal(await gitState(path(name), settings), "tracked");
    git("rm", "--cached", name);
    assert.equal(await gitState(path(name), settings), "ignored");
    assert.equal(await gitState(path("sub", name), settings), "ignored");
  });

  it("follows the rule that takes a file back", async () => {
    git("init");
    await writeFile(path(".gitignore"), `*.json\n!${name}\n`);
    assert.equal(await gitState(path(name), settings), "notIgnored");
  });

  it("takes names literally", async () => {
    git("init");
    await writeFile(path("a.json"), "{}");
    git("add", "a.json");
    for (const odd of ["*.json", ":(glob)*.json", "--help"])
      assert.equal(await gitState(path(odd), settings), "notIgnored", odd);
  });

  it("asks about the file's own repository, whatever the environment says", async () => {
    git("init");
    const other = { ...env, GIT_DIR: "/nowhere", GIT_WORK_TREE: "/nowhere" };
    assert.equal(await gitState(path(name), { ...settings, env: other }), "notIgnored");
  });

  it("runs nothing that the repository's configuration names", async () => {
    git("init");
    const program = path("monitor.sh");
    await writeFile(program, `#!/bin/sh\ntouch ${path("ran")}\n`);
    await chmod(program, 0o755);
    for (const key of ["core.fsmonitor", "core.pager", "core.editor", "core.sshCommand"])
      git("config", key, program);
    await writeFile(path(name), "{}");
    assert.equal(await gitState(path(name), settings), "notIgnored");
    assert.ok(!(await readdir(root)).includes("ran"));
  });

  it("needs no git, and no folder that is not there", async () => {
    git("init");
    assert.equal(await gitState(path(name), { ...settings, env: { PATH: root } }), "notIgnored");
    assert.equal(await gitState(path("gone", name), settings), "noRepository");
  });

  it("sees a file behind a linked folder in the folder's own repository", async () => {
    await mkdir(path("repo"));
    execFileSync("git", ["init", path("repo")], { stdio: "ignore", env });
    await symlink(path("repo"), path("link"), "dir");
    assert.equal(await gitState(path("link", name), settings), "notIgnored");
  });
});

describe("gitIgnorePath", () => {
  let root = "";
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "awsreq-ignore-"));
    await mkdir(join(root, "a", "b"), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("is the nearest one up to the repository, else the repository's own", async () => {
    const file = join(root, "a", "b", name);
    assert.equal(await gitIgnorePath(file), null);
    await mkdir(join(root, ".git"));
    assert.equal(await gitIgnorePath(file), join(root, ".gitignore"));
    await writeFile(join(root, "a", ".gitignore"), "");
    assert.equal(await gitIgnorePath(file), join(root, "a", ".gitignore"));
    assert.equal(await gitIgnorePath(join(dirname(root), name)), null);
  });
});

describe("withIgnored", () => {
  const rows: readonly (readonly [before: string, after: string])[] = [
    ["", `${name}\n`],
    ["dist\n", `dist\n${name}\n`],
    ["dist", `dist\n${name}\n`],
    ["dist\r\nout\r\n", `dist\r\nout\r\n${name}\r\n`],
    ["dist\r\nout", `dist\r\nout\r\n${name}\r\n`],
    [`${name}\n`, `${name}\n`],
    [`a\r\n${name}`, `a\r\n${name}`],
    [`${name}\n!*.json\n`, `${name}\n!*.json\n${name}\n`],
    [`# ${name}\n`, `# ${name}\n${name}\n`],
  ];
  for (const [before, after] of rows)
    it(`of ${JSON.stringify(before)}`, () => assert.equal(withIgnored(before, name), after));
});

describe("privateEnvironmentWarning", () => {
  it("says what git does with the file, and what to do", () => {
    const tracked = privateEnvironmentWarning("a/b.json", "tracked");
    assert.equal(tracked?.code, "W_PRIVATE_ENVIRONMENT");
    assert.match(tracked?.message ?? "", /^git tracks a\/b\.json: /);
    assert.match(tracked?.hint ?? "", /git rm --cached/);
    assert.match(
      privateEnvironmentWarning("b.json", "notIgnored")?.message ?? "",
      /^git does not ignore b\.json: /,
    );
  });

  it("says nothing where git does not share it", () => {
    assert.equal(privateEnvironmentWarning("b.json", "ignored"), null);
    assert.equal(privateEnvironmentWarning("b.json", "noRepository"), null);
  });
});
