import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { createLoadWorld, hashOf, hashOfFile, type LoadWorld, writeBodyFile } from "../load/loadWorld.ts";

const size = 300_000_000;

/** Larger ones have a suite of their own, `npm run test:load`. */
describe("300 MB", function () {
  this.timeout(60_000);
  let world: LoadWorld;
  before(async () => {
    world = await createLoadWorld();
  });
  after(() => world.remove());

  it("come down and go up as they are, in no more memory than a part of them", async () => {
    await world.request(`GET SERVER/bytes/${size}\n`);
    const down = await world.run("--output", "large");
    assert.equal(down.code, 0, down.stderr);
    const file = join(world.machine.work, "large");
    assert.equal(statSync(file).size, size);
    assert.equal(await hashOfFile(file), hashOf(size));
    await writeBodyFile(file, size);
    await world.request("PUT SERVER/\n\n< ./large\n");
    const up = await world.run();
    assert.equal(up.code, 0, up.stderr);
    assert.deepEqual(world.arrived, [{ sha256: hashOf(size), bytes: size }]);
    for (const { memory } of [down, up]) assert.ok(memory < 250 * 1024 * 1024, `${memory} bytes of memory`);
    assert.deepEqual(world.left(), []);
  });
});
