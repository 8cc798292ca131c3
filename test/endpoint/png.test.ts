import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { greyPng } from "../../src/endpoint/png.ts";

describe("greyPng", () => {
  it("is a PNG with a row of pixels for each row", () => {
    const png = Buffer.from(greyPng(4));
    assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
    assert.equal(png.subarray(12, 16).toString("latin1"), "IHDR");
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [4, 4]);
    const length = png.readUInt32BE(33);
    const rows = inflateSync(png.subarray(41, 41 + length));
    assert.deepEqual(
      [...rows],
      [0, 0, 42, 85, 127, 0, 42, 85, 127, 170, 0, 85, 127, 170, 212, 0, 127, 170, 212, 255],
    );
    assert.equal(png.subarray(-8).toString("hex"), "49454e44ae426082");
  });
});
