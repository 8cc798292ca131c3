import assert from "node:assert/strict";
import { once } from "../../src/editor/once.ts";
import { createSoon } from "../../src/editor/soon.ts";

describe("what is done soon", () => {
  it("is done once for all who ask meanwhile, and again for who asks later", async () => {
    let [runs, ran] = [0, (): void => undefined];
    const soon = createSoon(() => {
      runs += 1;
      ran();
    }, 0);
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        ran = resolve;
      });
    for (const expected of [1, 2]) {
      const done = next();
      for (let asked = 0; asked < 5; asked += 1) soon.ask();
      await done;
      assert.equal(runs, expected);
    }
  });

  it("is not done any more after its end", async () => {
    let runs = 0;
    const soon = createSoon(() => {
      runs += 1;
    }, 0);
    soon.ask();
    soon.dispose();
    // A timer of the same delay that begins later ends later.
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(runs, 0);
  });
});

describe("what is found once", () => {
  it("is the same for all who ask, and found for the first", () => {
    let found = 0;
    const find = once(() => {
      found += 1;
      return { found };
    });
    assert.equal(found, 0);
    assert.equal(find(), find());
    assert.equal(found, 1);
  });
});
