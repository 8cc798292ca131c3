import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { faultPage } from "../faults/faultPage.ts";
import { faultTests, matrixRows } from "../faults/faultTests.ts";
import { faultRows } from "../faults/rows.ts";

const root = resolve(__dirname, "../..");
const page = readFileSync(resolve(root, "docs/faults.md"), "utf8");
const tests = faultTests(root);

describe("docs/faults.md", () => {
  it("is what the table of faults and the tests say (npm run docs)", () => {
    assert.ok(page.endsWith(`${faultPage(tests)}\n`));
  });

  it("counts its rows without a gap", () => {
    assert.deepEqual(
      faultRows.map(({ number }) => number),
      Array.from({ length: 107 }, (_, at) => at + 1),
    );
  });

  it("has a test for each row, and a row for each test", () => {
    const numbers = faultRows.map(({ number }) => number);
    assert.deepEqual(
      [...tests.keys()].sort((one, other) => one - other),
      numbers,
    );
    const inMatrix = matrixRows(root);
    assert.deepEqual(
      faultRows.filter(({ cases }) => Object.keys(cases).length > 0).map(({ number }) => number),
      inMatrix,
    );
    for (const file of new Set([...tests.values()].flat())) assert.ok(existsSync(resolve(root, file)), file);
  });

  it("says what is shown and what to do, and names no code that its cases do not assert", () => {
    for (const { number, title, shown, advice, cases } of faultRows) {
      for (const text of [title, shown, advice]) assert.ok(text.length > 5, `${number}: ${text}`);
      const asserted = Object.values(cases).map(({ code }) => code);
      for (const [code] of `${shown} ${advice}`.matchAll(/\bE_[A-Z_]+/g))
        assert.ok(asserted.includes(code), `${number}: ${code}`);
    }
  });
});
