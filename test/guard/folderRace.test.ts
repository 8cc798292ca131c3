import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { readFolderFile } from "../../src/guard/folderFile.ts";
import { decideInclude } from "../../src/guard/includePath.ts";
import { nodeIncludeEffects, readInclude } from "../../src/guard/readInclude.ts";

const rounds = 2000;

/** Puts a link to elsewhere in a folder's place and takes it away again, as fast as it can, until it is killed. */
const racer = `
  const { renameSync } = require("node:fs");
  process.chdir(process.argv[1]);
  console.log("racing");
  for (;;) {
    renameSync("api", "aside");
    renameSync("link", "api");
    renameSync("api", "link");
    renameSync("aside", "api");
    for (let idle = 0; idle < 20_000; idle++);
  }`;

describe("a folder that is exchanged for a link while a file in it is read", () => {
  let root = "";
  let folder = "";
  let racing: ChildProcess;

  before(async function () {
    // Elsewhere the system does not say where a descriptor leads, and the path is looked at again instead.
    if (process.platform !== "linux") this.skip();
    root = await realpath(await mkdtemp(join(tmpdir(), "awsreq-race-")));
    folder = join(root, "folder");
    for (const path of [join(folder, "api"), join(root, "elsewhere")]) await mkdir(path, { recursive: true });
    for (const name of ["pet.json", ".env"]) {
      await writeFile(join(folder, "api", name), "pet");
      await writeFile(join(root, "elsewhere", name), "key");
    }
    await symlink(join(root, "elsewhere"), join(folder, "link"));
    racing = spawn(process.execPath, ["-e", racer, folder], { stdio: ["ignore", "pipe", "inherit"] });
    if (racing.stdout !== null) await once(racing.stdout, "data");
  });
  after(async () => {
    if (racing?.pid !== undefined) {
      racing.kill("SIGKILL");
      await once(racing, "close");
    }
    if (root !== "") await rm(root, { recursive: true });
  });

  const places = () => ({ folder, home: null, platform: process.platform });
  const readings: Readonly<Record<string, () => Promise<Uint8Array | null>>> = {
    async include() {
      const decision = await decideInclude(join(folder, "api", "pet.json"), places(), realpath);
      return decision.kind === "allow" ? readInclude(decision.realPath, nodeIncludeEffects) : null;
    },
    "file of the folder": () => readFolderFile(join(folder, "api", ".env"), places()),
  };

  for (const [what, read] of Object.entries(readings))
    it(`gives away nothing that lies elsewhere: ${what}, ${rounds} rounds`, async function () {
      this.timeout(120_000);
      const seen = new Map<string, number>();
      for (let round = 0; round < rounds; round++) {
        const text = await read().then(
          (bytes) => (bytes === null ? "nothing" : Buffer.from(bytes).toString()),
          (error: unknown) => (error instanceof UserError ? error.code : String(error)),
        );
        seen.set(text, (seen.get(text) ?? 0) + 1);
      }
      assert.equal(seen.get("key"), undefined);
      // Both sides were at it: it was read, and refused.
      assert.ok((seen.get("pet") ?? 0) > 0, JSON.stringify([...seen]));
      assert.ok(seen.size > 1, JSON.stringify([...seen]));
      assert.ok(
        [...seen.keys()].every((key) => /^(?:pet|nothing|E_\w+)$/.test(key)),
        JSON.stringify([...seen]),
      );
    });
});
