import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearBodies } from "../../../src/editor/trips/clearBodies.ts";

describe("the bodies of windows", () => {
  it("are cleared when a window begins: its own folder's, and those of windows that have ended", async () => {
    const bodies = await mkdtemp(join(tmpdir(), "awsreq-bodies-"));
    try {
      const ended = "4194999";
      for (const name of [ended, `${process.ppid}`, `${process.pid}`, "notes"]) {
        mkdirSync(join(bodies, name));
        writeFileSync(join(bodies, name, "a.awsreq-body"), "body");
      }
      await clearBodies(join(bodies, `${process.pid}`));
      assert.deepEqual(readdirSync(bodies).sort(), [`${process.pid}`, `${process.ppid}`, "notes"].sort());
      assert.deepEqual(readdirSync(join(bodies, `${process.pid}`)), []);
      assert.equal(readdirSync(join(bodies, `${process.ppid}`)).length, 1);
    } finally {
      await rm(bodies, { recursive: true });
    }
  });
});
