import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { causePage } from "../../src/diagnosis/causes/causePage.ts";
import { causes } from "../../src/diagnosis/causes/causes.ts";

const page = readFileSync(resolve(__dirname, "../../docs/diagnosis.md"), "utf8");

describe("docs/diagnosis.md", () => {
  it("has every cause with its signs and its fix, as the table has them (npm run docs)", () => {
    assert.ok(page.endsWith(`${causePage()}\n`));
    for (const cause of Object.keys(causes)) assert.ok(page.includes(`\`${cause}\``), cause);
  });

  it("says of each cause what its signs are, and where AWS says more", () => {
    for (const [cause, { title, signs, fix, page: url }] of Object.entries(causes)) {
      for (const text of [title, signs, fix]) assert.ok(text.length > 10, cause);
      assert.match(url, /^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});
