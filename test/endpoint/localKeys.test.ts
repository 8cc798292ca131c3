import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLocalKeys,
  readLocalKeys,
  runtimeFolder,
  writeLocalKeys,
} from "../../src/endpoint/localKeys.ts";
import { UserError } from "../../src/errors.ts";

const uid = process.getuid?.() ?? null;
const counting = (size: number) => Uint8Array.from({ length: size }, (_, at) => at);
const keys = createLocalKeys(counting);
const other = createLocalKeys((size) => new Uint8Array(size));
const authority = "127.0.0.1:8998";

function codeOf(error: unknown): boolean {
  assert.ok(error instanceof UserError);
  assert.ok(!error.message.includes(keys.secretAccessKey));
  return error.code === "E_RUNTIME_FOLDER";
}

describe("createLocalKeys", () => {
  it("makes them from the random bytes, in AWS's shape", () => {
    assert.deepEqual(keys, {
      accessKeyId: "AKIALOCALABCDEFGHIJK",
      secretAccessKey: "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",
    });
    assert.deepEqual([keys.accessKeyId.length, keys.secretAccessKey.length], [20, 40]);
  });
});

describe("runtimeFolder", () => {
  it("is in XDG_RUNTIME_DIR, else the user's own under the temporary folder", () => {
    const xdg = { XDG_RUNTIME_DIR: "/run/user/1000" };
    assert.equal(runtimeFolder(xdg, "linux", "/tmp", 1000), join("/run/user/1000", "awsreq"));
    assert.equal(runtimeFolder({}, "darwin", "/tmp", 501), join("/tmp", "awsreq-501"));
    assert.equal(
      runtimeFolder({ XDG_RUNTIME_DIR: "relative" }, "linux", "/tmp", 7),
      join("/tmp", "awsreq-7"),
    );
    assert.equal(runtimeFolder(xdg, "win32", "/Temp", null), join("/Temp", "awsreq"));
  });
});

describe("local keys", () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "awsreq-keys-"));
    folder = join(root, "awsreq");
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const file = () => join(folder, "endpoint-8998.json");
  const read = (name = authority) => readLocalKeys(folder, name, uid);

  async function put(text: string, mode = 0o600): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(file(), text, { mode });
    await chmod(file(), mode);
  }

  it("are written for the user alone, read back, and removed", async () => {
    const remove = await writeLocalKeys(folder, authority, keys, uid);
    assert.deepEqual(await readdir(folder), ["endpoint-8998.json"]);
    if (uid !== null) {
      const modes = [(await stat(folder)).mode & 0o777, (await stat(file())).mode & 0o777];
      assert.deepEqual(modes, [0o700, 0o600]);
    }
    assert.deepEqual(await read(), keys);
    await remove();
    assert.equal(await read(), null);
    await remove();
  });

  it("are for exactly that port on a loopback name", async () => {
    await writeLocalKeys(folder, authority, keys, uid);
    for (const name of ["localhost:8998", "LOCALHOST:8998", "pets.localhost:8998"]) {
      assert.deepEqual(await read(name), keys, name);
    }
    for (const name of [
      "localhost:8999",
      "localhost",
      "example.com:8998",
      "127.0.0.2:8998",
      "",
      "../x:8998",
    ]) {
      assert.equal(await read(name), null, name);
    }
  });

  it("of a later endpoint on the same port replace the old and outlive its close", async () => {
    const removeOld = await writeLocalKeys(folder, authority, keys, uid);
    const removeNew = await writeLocalKeys(folder, authority, other, uid);
    assert.deepEqual(await read(), other);
    await removeOld();
    assert.deepEqual(await read(), other);
    await removeNew();
    assert.equal(await read(), null);
  });

  for (const text of [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "{}",
    '{"accessKeyId":1,"secretAccessKey":2}',
    '{"__proto__":{"accessKeyId":"AKIALOCALABCDEFGHIJK","secretAccessKey":"AKIALOCALABCDEFGHIJK"}}',
    '{"accessKeyId":"AKIALOCAL\\r\\nX-Evil: 1","secretAccessKey":"AKIALOCALABCDEFGHIJK"}',
  ]) {
    it(`are none in ${text || "an empty file"}`, async () => {
      await put(text);
      assert.equal(await read(), null);
    });
  }

  it("are none in a file that is too large", async () => {
    await put(JSON.stringify({ ...keys, pad: "x".repeat(20_000) }));
    assert.equal(await read(), null);
  });

  it("refuse a foreign authority", async () => {
    await assert.rejects(writeLocalKeys(folder, "example.com:8998", keys, uid), codeOf);
  });

  it("say why when the folder cannot be made", async () => {
    await writeFile(join(root, "plain"), "");
    await assert.rejects(writeLocalKeys(join(root, "plain", "awsreq"), authority, keys, uid), codeOf);
    await assert.rejects(writeLocalKeys(join(root, "plain"), authority, keys, uid), codeOf);
  });

  // Windows has no modes and no user ids; the user's temporary folder is closed by its own rules.
  (uid === null ? describe.skip : describe)("where there are users", () => {
    const whole = JSON.stringify(keys);

    it("are not read from a file or a folder that others can read", async () => {
      await put(whole, 0o640);
      assert.equal(await read(), null);
      await put(whole, 0o600);
      assert.deepEqual(await read(), keys);
      await chmod(folder, 0o755);
      assert.equal(await read(), null);
    });

    it("are not read from a file of another user", async () => {
      await put(whole);
      assert.equal(await readLocalKeys(folder, authority, (uid ?? 0) + 1), null);
    });

    it("are not read through a link, from a FIFO or from a folder", async () => {
      await mkdir(folder, { mode: 0o700 });
      await writeFile(join(root, "elsewhere"), whole, { mode: 0o600 });
      await symlink(join(root, "elsewhere"), file());
      assert.equal(await read(), null);
      await rm(file());
      execFileSync("mkfifo", ["-m", "600", file()]);
      assert.equal(await read(), null);
      await rm(file());
      await mkdir(file());
      assert.equal(await read(), null);
    });

    it("close an open folder of the user's own, and refuse another's or a link", async () => {
      await mkdir(folder, { mode: 0o755 });
      await writeLocalKeys(folder, authority, keys, uid);
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      await assert.rejects(writeLocalKeys(folder, authority, keys, (uid ?? 0) + 1), codeOf);
      await symlink(folder, join(root, "link"));
      await assert.rejects(writeLocalKeys(join(root, "link"), authority, keys, uid), codeOf);
    });
  });
});
