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
    const [, table = ""] = text.split("## What holds it");
    const rows = table.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| promise"));
    assert.deepEqual(
      rows.filter((row) => !row.includes("`test/")),
      [],
    );
  });
});
