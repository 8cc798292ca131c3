import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { rooms } from "../mutation/rooms.ts";

const root = resolve(__dirname, "../..");
const page = readFileSync(resolve(root, "docs/testing.md"), "utf8");

describe("docs/testing.md", () => {
  it("names commands that there are", () => {
    const { scripts } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
    const named = [...page.matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name ?? "");
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });

  it("counts the mutants of each room", () => {
    const rows = [...page.matchAll(/^\| (\w+) \| [^|]+ \| (\d+) \| \d+ \|$/gm)];
    assert.deepEqual(
      rows.map(([, room = "", count]) => [room, Number(count)]),
      Object.entries(rooms).map(([room, mutants]) => [room, mutants.length]),
    );
  });
});

describe("the list of mutants", () => {
  for (const mutant of Object.values(rooms).flat()) {
    it(`finds ${mutant.name} at one place of ${mutant.file}, and its tests`, () => {
      const source = readFileSync(resolve(root, mutant.file), "utf8");
      assert.equal(source.split(mutant.find).length - 1, 1);
      for (const test of mutant.tests) assert.ok(readFileSync(resolve(root, test)).length > 0);
    });
  }
});
