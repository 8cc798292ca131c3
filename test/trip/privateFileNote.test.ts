import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { thisMachine } from "../../src/machine.ts";
import { privateFileNote } from "../../src/trip/privateFileNote.ts";

const used = [{ outsideValues: ["privateEnvironment"] as const }];

describe("privateFileNote", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "awsreq-private-"));
    await writeFile(join(folder, "http-client.private.env.json"), "{}");
    spawnSync("git", ["init", "-q", folder]);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const note = (requests: Parameters<typeof privateFileNote>[0] = used) =>
    privateFileNote(
      requests,
      {
        environment: {
          name: "dev",
          values: new Map(),
          files: [join(folder, "http-client.private.env.json")],
        },
        folder,
      },
      { ...thisMachine(), home: null, env: {} },
    );

  it("says when git does not ignore a private environment in use", async () => {
    assert.equal(
      await note(),
      "git does not ignore http-client.private.env.json: the next `git add` may take its secrets along. Add http-client.private.env.json to .gitignore.",
    );
  });

  it("says nothing when git ignores it, and when nothing of it is used", async () => {
    assert.equal(await note([{ outsideValues: ["include"] }, null]), null);
    await writeFile(join(folder, ".gitignore"), "http-client.private.env.json\n");
    assert.equal(await note(), null);
  });
});
