import assert from "node:assert/strict";
import { largeBody } from "../../src/endpoint/largeBody.ts";

describe("largeBody", () => {
  for (const size of [2, 3, 30, 1023, 1024, 1025, 2047, 2048, 5000, 100_000]) {
    it(`is exactly ${size} bytes of JSON as an array`, () => {
      const bytes = Buffer.concat([...largeBody(size, "array")]);
      assert.equal(bytes.length, size);
      const rows: unknown = JSON.parse(bytes.toString("latin1"));
      assert.ok(Array.isArray(rows));
      assert.deepEqual(
        rows.map((row: { id: number }) => row.id),
        rows.map((_, at) => at + 1),
      );
    });
  }

  it("is exactly as long as lines, each of them an object", () => {
    const bytes = Buffer.concat([...largeBody(5000, "lines")]);
    assert.equal(bytes.length, 5000);
    const lines = bytes.toString("latin1").trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { id: number }).id),
      [1, 2, 3, 4],
    );
  });
});
