import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(__dirname, "../..");

describe("docs/security.md", () => {
  it("names tests that there are, for every promise", async () => {
    const text = await readFile(join(root, "docs/security.md"), "utf8");
    const named = [...text.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = ""]) => path);
    assert.ok(named.length > 50);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(root, path))),
      [],
    );
    const [, table = ""] = text.split(/## (?:What holds it|Ten invariants)/);
    const rows = table.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| promise"));
    assert.deepEqual(
      rows.filter((row) => !row.includes("`test/")),
      [],
    );
  });

  it("has tests of each invariant where it names them", async () => {
    const text = await readFile(join(root, "docs/security.md"), "utf8");
    const rows = [...text.matchAll(/^\| (\d+)\. (.*)$/gm)];
    assert.deepEqual(
      rows.map(([, number]) => number),
      ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
    );
    for (const [, number, row = ""] of rows)
      for (const [, path = ""] of row.matchAll(/`(test\/[\w/.-]+\.ts)`/g))
        assert.ok(
          (await readFile(join(root, path), "utf8")).includes(`invariant ${number}: `),
          `${number}: ${path}`,
        );
  });
});
