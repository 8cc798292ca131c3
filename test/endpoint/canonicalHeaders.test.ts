import assert from "node:assert/strict";
import { canonicalHeaders, headerValues } from "../../src/endpoint/canonicalHeaders.ts";
import { toByteString, toText } from "../../src/endpoint/rawRequest.ts";

describe("headerValues", () => {
  it("lower-cases names, trims, collapses blanks and joins duplicates in order", () => {
    const values = headerValues([
      ["X-Dup", " b\t 1 "],
      ["Host", "example.com"],
      ["x-dup", ""],
      ["X-DUP", "a\r\n  folded"],
    ]);
    assert.deepEqual(
      [...values],
      [
        ["x-dup", "b 1,,a folded"],
        ["host", "example.com"],
      ],
    );
  });

  it("leaves the byte 0xA0 alone, which ends an à", () => {
    const value = headerValues([["X-Name", toByteString(" à la  carte à ")]]).get("x-name") ?? "";
    assert.equal(toText(value), "à la carte à");
  });

  it("has no special names", () => {
    assert.deepEqual([...headerValues([["__proto__", "x"]])], [["__proto__", "x"]]);
  });
});

describe("canonicalHeaders", () => {
  it("writes a line for each name in the order given", () => {
    const values = new Map([
      ["b", "2"],
      ["a", "1"],
    ]);
    assert.equal(canonicalHeaders(values, ["a", "b", "c"]), "a:1\nb:2\nc:\n");
  });
});
