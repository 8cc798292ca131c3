import assert from "node:assert/strict";
import {
  chown,
  lchown,
  link,
  mkdir,
  mkdtemp,
  open,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors.ts";
import {
  type FolderFileEffects,
  folderFileLimit,
  folderTextReader,
  nodeFolderFileEffects,
  readFolderFile,
} from "../../src/guard/folderFile.ts";

describe("readFolderFile", () => {
  let root = "";
  let folder = "";
  const places = (changes: Partial<Parameters<typeof readFolderFile>[1]> = {}) => ({
    folder,
    home: join(root, "home"),
    platform: process.platform,
    ...changes,
  });
  const outcome = (
    path: string,
    changes: Parameters<typeof places>[0] = {},
    effects: FolderFileEffects = nodeFolderFileEffects,
    limit = folderFileLimit,
  ): Promise<string> =>
    readFolderFile(path, places(changes), limit, effects).then(
      (bytes) => (bytes === null ? "none" : Buffer.from(bytes).toString()),
      (error: unknown) => (error instanceof UserError ? error.code : String(error)),
    );

  before(async function () {
    if (process.platform === "win32") this.skip();
  });
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "awsreq-folder-file-")));
    folder = join(root, "folder");
    await mkdir(join(folder, "sub"), { recursive: true });
    await mkdir(join(root, "home", ".aws"), { recursive: true });
    await writeFile(join(folder, "sub", ".env"), "A=1");
    await writeFile(join(root, "home", ".aws", "credentials"), "key");
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("reads what is there, by links inside the folder and through a link to the folder too", async () => {
    await symlink("sub/.env", join(folder, ".env"));
    await symlink(folder, join(root, "opened"));
    assert.equal(await outcome(join(folder, ".env")), "A=1");
    assert.equal(await outcome(join(root, "opened", ".env"), { folder: join(root, "opened") }), "A=1");
    assert.equal(await outcome(join(folder, "missing")), "none");
    assert.equal(await outcome(join(folder, "sub", ".env", "below")), "none");
    assert.equal(await folderTextReader(places())(join(folder, ".env")), "A=1");
  });

  it("reads nothing of a place that holds keys, even when the folder lies around or in it", async () => {
    const home = join(root, "home");
    await symlink(join(home, ".aws", "credentials"), join(home, ".env"));
    assert.equal(await outcome(join(home, ".env"), { folder: home }), "E_REFUSED_FOLDER_FILE");
    assert.equal(
      await outcome(join(home, ".aws", "credentials"), { folder: join(home, ".aws") }),
      "E_REFUSED_FOLDER_FILE",
    );
    await symlink(home, join(root, "linkedHome"));
    await symlink(join(home, ".aws", "credentials"), join(folder, "x"));
    assert.equal(
      await outcome(join(folder, "x"), { folder: root, home: join(root, "linkedHome") }),
      "E_REFUSED_FOLDER_FILE",
    );
  });

  it("says what leads where, and what to do", async () => {
    await symlink("../elsewhere", join(folder, ".env"));
    await writeFile(join(root, "elsewhere"), "secret");
    await assert.rejects(readFolderFile(join(folder, ".env"), places()), {
      code: "E_REFUSED_FOLDER_FILE",
      message: `${join(folder, ".env")} leads to ${join(root, "elsewhere")}, which is outside ${folder}; it is not read, and nothing was sent.`,
      hint: "Put a file of the folder itself in its place, or take it away.",
    });
    await rm(join(root, "elsewhere"));
    await assert.rejects(readFolderFile(join(folder, ".env"), places()), {
      message: `${join(folder, ".env")} is a link to ../elsewhere, which is no file; it is not read, and nothing was sent.`,
    });
  });

  it("refuses folders and loops, and files larger than the limit", async () => {
    assert.equal(await outcome(join(folder, "sub")), "E_REFUSED_FOLDER_FILE_KIND");
    await symlink("loop", join(folder, "loop"));
    assert.equal(await outcome(join(folder, "loop")), "E_ENVIRONMENT_UNREADABLE");
    const path = join(folder, "sub", ".env");
    assert.equal(await outcome(path, {}, nodeFolderFileEffects, 2), "E_REFUSED_FOLDER_FILE_SIZE");
    assert.equal(await outcome(path, {}, nodeFolderFileEffects, 3), "A=1");
  });

  it("refuses what another user left in the folder, by a link too", async function () {
    if (process.getuid?.() !== 0) this.skip();
    const path = join(folder, "sub", ".env");
    const owners = new Set([0, 54321]);
    await chown(path, 54321, 54321);
    assert.equal(await outcome(path, { owners }), "A=1");
    await chown(path, 12345, 12345);
    assert.equal(await outcome(path, { owners }), "E_REFUSED_FOLDER_FILE");
    assert.equal(await outcome(path), "A=1");
    await chown(path, 0, 0);
    assert.equal(await outcome(path, { owners: new Set([54321]) }), "A=1");
    await symlink("sub/.env", join(folder, ".env"));
    await lchown(join(folder, ".env"), 12345, 12345);
    assert.equal(await outcome(join(folder, ".env"), { owners }), "E_REFUSED_FOLDER_FILE");
  });

  it("where the system does not say where a descriptor leads, looks at the path once more", async () => {
    const path = join(folder, "sub", ".env");
    const silent: FolderFileEffects = { ...nodeFolderFileEffects, pathOf: async () => null };
    assert.equal(await outcome(path, {}, silent), "A=1");
    await mkdir(join(root, "elsewhere"));
    // The same file, so that only the path tells.
    await link(path, join(root, "elsewhere", ".env"));
    const exchanged: FolderFileEffects = {
      ...silent,
      open: async (name, flags) => {
        await rename(join(folder, "sub"), join(folder, "aside"));
        await symlink(join(root, "elsewhere"), join(folder, "sub"));
        return open(name, flags);
      },
    };
    assert.equal(await outcome(path, {}, exchanged), "E_REFUSED_FOLDER_FILE_CHANGED");
  });

  it("reads files of a folder that was opened on another machine, and of no other share", async () => {
    const share = "\\\\server\\share\\folder";
    const fake = (real: string): FolderFileEffects => ({
      ...nodeFolderFileEffects,
      lstat: async () => ({ isSymbolicLink: () => false, uid: 0 }),
      realpath: async (path) => (path === `${share}\\.env` ? real : path),
      stat: () => Promise.reject(Object.assign(new Error("reached"), { code: "REACHED" })),
    });
    const windows = { folder: share, home: "C:\\Users\\ann", platform: "win32" } as const;
    assert.equal(
      await outcome(`${share}\\.env`, windows, fake(`${share}\\sub\\.env`)),
      "E_ENVIRONMENT_UNREADABLE",
    );
    assert.equal(
      await outcome(`${share}\\.env`, windows, fake("\\\\evil\\share\\.env")),
      "E_REFUSED_FOLDER_FILE",
    );
    assert.equal(
      await outcome(`${share}\\.env`, windows, fake("C:\\Users\\ann\\.aws\\config")),
      "E_REFUSED_FOLDER_FILE",
    );
  });
});
