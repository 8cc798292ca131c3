import assert from "node:assert/strict";
import fc from "fast-check";
import { percentDecode, percentEncode } from "../../src/endpoint/percentCoding.ts";

const byteString = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("latin1"));

describe("percentEncode", () => {
  it("keeps the unreserved characters and writes every other byte in upper-case hex", () => {
    const all = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join("");
    const kept = percentEncode(all).replace(/%[0-9A-F]{2}/g, "");
    assert.equal(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    assert.equal(percentEncode(" +/%*\x00\xe9\xff"), "%20%2B%2F%25%2A%00%E9%FF");
  });

  it("is undone by percentDecode, whatever the bytes", () => {
    fc.assert(fc.property(byteString, (bytes) => percentDecode(percentEncode(bytes)) === bytes));
  });
});

describe("percentDecode", () => {
  it("reads both cases of hex, once", () => {
    assert.equal(percentDecode("%e9%E9%2525"), "\xe9\xe9%25");
  });

  it("leaves a % that begins no escape", () => {
    assert.equal(percentDecode("%|%4|%zz|%%41|100%"), "%|%4|%zz|%A|100%");
  });

  it("does not read + as a space", () => {
    assert.equal(percentDecode("a+b"), "a+b");
  });
});
