import assert from "node:assert/strict";
import { byteSize } from "../../src/request/byteSize.ts";

describe("byteSize", () => {
  it("says a limit in the largest unit that comes out even", () => {
    const sizes = [0, 1, 1000, 1024, 300 * 1024, 1024 * 1024, 5 * 1024 * 1024, 1024 * 1024 + 1024];
    assert.deepEqual(sizes.map(byteSize), [
      "0 bytes",
      "1 byte",
      "1000 bytes",
      "1 KB",
      "300 KB",
      "1 MB",
      "5 MB",
      "1025 KB",
    ]);
  });
});
