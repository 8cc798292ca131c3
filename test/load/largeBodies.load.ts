import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import {
  createLoadWorld,
  hashOf,
  hashOfFile,
  type LoadRun,
  type LoadWorld,
  writeBodyFile,
} from "./loadWorld.ts";

const gigabyte = 1_000_000_000;

/** Bytes of memory that a body of any size may take beside what a small request takes. */
const mostMemory = 200 * 1024 * 1024;

describe("gigabytes through the command line", function () {
  this.timeout(30 * 60_000);
  let world: LoadWorld;
  let small: LoadRun;

  before(async () => {
    world = await createLoadWorld();
    await world.request("GET SERVER/bytes/10\n");
    small = await world.run();
    assert.equal(small.code, 0, small.stderr);
  });
  after(() => world.remove());

  function assertFlat({ code, stderr, memory }: LoadRun): void {
    assert.equal(code, 0, stderr);
    const more = memory - small.memory;
    assert.ok(more <= mostMemory, `${Math.round(more / 1024 / 1024)} MB more than a small request`);
    assert.deepEqual(world.left(), []);
  }

  for (const [what, path, size] of [
    ["3 GB", `bytes/${3 * gigabyte}`, 3 * gigabyte],
    ["1 GB in gzip", `gzip/${gigabyte}`, gigabyte],
  ] as const) {
    it(`${what} come through --output as they are`, async () => {
      await world.request(`GET SERVER/${path}\n`);
      assertFlat(await world.run("--output", "out"));
      const out = join(world.machine.work, "out");
      assert.equal(statSync(out).size, size);
      assert.equal(await hashOfFile(out), hashOf(size));
    });

    it(`${what} come through a pipe as they are`, async () => {
      await world.request(`GET SERVER/${path}\n`);
      const run = await world.run();
      assertFlat(run);
      assert.deepEqual([run.bytes, run.sha256], [size, hashOf(size)]);
    });
  }

  it("fault 86: 3 GB go up out of a file as they are", async () => {
    await writeBodyFile(join(world.machine.work, "large"), 3 * gigabyte);
    await world.request("PUT SERVER/\n\n< ./large\n");
    assertFlat(await world.run());
    assert.deepEqual(world.arrived.at(-1), { sha256: hashOf(3 * gigabyte), bytes: 3 * gigabyte });
  });
});
